//! Laws, offices and phrases in Japanese, with readings: what stands below a sentence in every language, to be shown to
//! somebody.

/// A law, an office or a phrase, and which of its articles, as a law numbers them: `"37"`, `"19の16"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cited(pub &'static str, pub &'static [&'static str]);

/// Working conditions: wages, hours, dismissal, dormitories.
pub const STANDARDS: &str = "{労働基準法|ろうどうきじゅんほう}";
/// The lowest wages.
pub const MINIMUM_WAGE: &str = "{最低賃金法|さいていちんぎんほう}";
/// Payslips.
pub const INCOME_TAX: &str = "{所得税法|しょとくぜいほう}";
/// What counts as working time.
pub const GUIDE_HOURS: &str = "{労働時間|ろうどうじかん}の{適正|てきせい}な{把握|はあく}のために{使用者|しようしゃ}が{講|こう}ずべき{措置|そち}に{関|かん}するガイドライン";
/// Accident insurance.
pub const ACCIDENT: &str = "{労働者災害補償保険法|ろうどうしゃさいがいほしょうほけんほう}";
/// Its regulation.
pub const ACCIDENT_RULES: &str = "{労働者災害補償保険法施行規則|ろうどうしゃさいがいほしょうほけんほうしこうきそく}";
/// The special payment on top of it.
pub const ACCIDENT_SPECIAL: &str =
    "{労働者災害補償保険特別支給金支給規則|ろうどうしゃさいがいほしょうほけんとくべつしきゅうきんしきゅうきそく}";
/// The notice that labour laws hold for everybody who works.
pub const NOTICE_EVERYBODY: &str =
    "{昭和|しょうわ}63{年|ねん}{1月|いちがつ}{26日|にじゅうろくにち}{基発|きはつ}{第50号|だいごじゅうごう}";
/// Safety at work.
pub const SAFETY: &str = "{労働安全衛生法|ろうどうあんぜんえいせいほう}";
/// Its regulation.
pub const SAFETY_RULES: &str = "{労働安全衛生規則|ろうどうあんぜんえいせいきそく}";
/// Health insurance.
pub const HEALTH_INSURANCE: &str = "{健康保険法|けんこうほけんほう}";
/// Crimes.
pub const PENAL: &str = "{刑法|けいほう}";
/// Trainees, until April 2027.
pub const TRAINEES: &str = "{技能実習法|ぎのうじっしゅうほう}";
/// The regulation of the trainees' law.
pub const TRAINEE_RULES: &str = "{技能実習法施行規則|ぎのうじっしゅうほうしこうきそく}";
/// How the trainees' law is carried out, changed in November 2024.
pub const TRAINEE_GUIDE: &str = "{技能実習制度運用要領|ぎのうじっしゅうせいどうんようようりょう}";
/// The form by which trainees ask for another place.
pub const TRAINEE_FORM: &str = "{実習先変更希望|じっしゅうさきへんこうきぼう}の{申出書|もうしでしょ}";
/// What takes the place of the trainees' law.
pub const SKILL_DEVELOPMENT: &str =
    "{育成就労法|いくせいしゅうろうほう}（{令和|れいわ}6{年|ねん}{法律第60号|ほうりつだいろくじゅうごう}）";
/// Harassment by superiors. Its articles were numbered anew on 1 October 2026: 30の2 became 31.
pub const LABOUR_POLICY: &str = "{労働施策総合推進法|ろうどうしさくそうごうすいしんほう}";
/// Sexual harassment, pregnancy.
pub const EQUALITY: &str = "{男女雇用機会均等法|だんじょこようきかいきんとうほう}";
/// Childcare leave.
pub const CHILDCARE: &str = "{育児・介護休業法|いくじかいごきゅうぎょうほう}";
/// The handbook for mother and child.
pub const MOTHER_AND_CHILD: &str = "{母子保健法|ぼしほけんほう}";
/// Births are reported.
pub const FAMILY_REGISTER: &str = "{戸籍法|こせきほう}";
/// Contracts and their end.
pub const CONTRACTS: &str = "{労働契約法|ろうどうけいやくほう}";
/// Residence.
pub const IMMIGRATION: &str = "{入管法|にゅうかんほう}";
/// What companies are told about foreign workers.
pub const GUIDE_FOREIGNERS: &str = "{外国人労働者|がいこくじんろうどうしゃ}の{雇用管理|こようかんり}の{改善等|かいぜんとう}に{関|かん}して{事業主|じぎょうぬし}が{適切|てきせつ}に{対処|たいしょ}するための{指針|ししん}";
/// Bank accounts are not sold.
pub const ACCOUNTS: &str = "{犯罪収益移転防止法|はんざいしゅうえきいてんぼうしほう}";
/// Company dormitories.
pub const DORMITORIES: &str = "{事業附属寄宿舎規程|じぎょうふぞくきしゅくしゃきてい}";
/// The constitution.
pub const CONSTITUTION: &str = "{日本国憲法|にほんこくけんぽう}";
/// Unions.
pub const UNIONS: &str = "{労働組合法|ろうどうくみあいほう}";
/// Quarrels of one person with a company.
pub const DISPUTES: &str =
    "{個別労働関係紛争|こべつろうどうかんけいふんそう}の{解決|かいけつ}の{促進|そくしん}に{関|かん}する{法律|ほうりつ}";
/// Help with the cost of a lawyer.
pub const LEGAL_AID: &str = "{総合法律支援法|そうごうほうりつしえんほう}";

/// Labour standards inspection.
pub const OFFICE_STANDARDS: &str = "{労働基準監督署|ろうどうきじゅんかんとくしょ}";
/// The trainees' organisation.
pub const OFFICE_TRAINEES: &str = "{外国人技能実習機構|がいこくじんぎのうじっしゅうきこう}（OTIT）";
/// Where jobs are found.
pub const OFFICE_JOBS: &str = "ハローワーク（{公共職業安定所|こうきょうしょくぎょうあんていじょ}）";
/// Immigration.
pub const OFFICE_IMMIGRATION: &str = "{出入国在留管理局|しゅつにゅうこくざいりゅうかんりきょく}";
/// Equal treatment.
pub const OFFICE_EQUALITY: &str =
    "{都道府県労働局|とどうふけんろうどうきょく} {雇用環境・均等部|こようかんきょうきんとうぶ}（{室|しつ}）";
/// The city's.
pub const OFFICE_CITY: &str = "{市役所|しやくしょ}・{区役所|くやくしょ}・{町村役場|ちょうそんやくば}";
/// Legal aid.
pub const OFFICE_LEGAL_AID: &str = "{法|ほう}テラス";
/// Unions that one person can join.
pub const OFFICE_UNION: &str = "{労働組合|ろうどうくみあい}（ユニオン）";

/// To a doctor.
pub const SAY_ACCIDENT: &str = "「{仕事|しごと}が{原因|げんいん}です。{労災|ろうさい}でお{願|ねが}いします。」";
/// To a doctor, for a written report.
pub const SAY_REPORT: &str = "「{診断書|しんだんしょ}をください。」";
/// To who keeps a passport.
pub const SAY_PASSPORT: &str = "「パスポートを{返|かえ}してください。」";

/// What is cited as one line, with readings.
#[must_use]
pub fn written(cited: &[Cited]) -> String {
    let mut line = String::new();
    for (place, Cited(name, articles)) in cited.iter().enumerate() {
        if place > 0 {
            line.push('、');
        }
        line.push_str(name);
        for (place, article) in articles.iter().enumerate() {
            line.push(if place == 0 { ' ' } else { '・' });
            line.push_str(&numbered(article));
        }
    }
    line
}

/// An article: `"19の16"` is `{第19条の16|だいじゅうきゅうじょうのじゅうろく}`.
fn numbered(article: &str) -> String {
    let (main, sub) = article.split_once('の').map_or((article, None), |(main, sub)| (main, Some(sub)));
    let mut base = ["第", main, "条"].concat();
    let mut reading = ["だい", &read(main), "じょう"].concat();
    if let Some(sub) = sub {
        base.extend(["の", sub]);
        reading.extend(["の", &read(sub)]);
    }
    ["{", &base, "|", &reading, "}"].concat()
}

/// How a number below a thousand is read; digits alone, as this file writes them.
fn read(number: &str) -> String {
    const ONES: [&str; 10] = ["", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"];
    const HUNDREDS: [&str; 10] = [
        "",
        "ひゃく",
        "にひゃく",
        "さんびゃく",
        "よんひゃく",
        "ごひゃく",
        "ろっぴゃく",
        "ななひゃく",
        "はっぴゃく",
        "きゅうひゃく",
    ];
    let number: usize = number.parse().unwrap_or(0);
    let (hundreds, tens, ones) = (number / 100 % 10, number / 10 % 10, number % 10);
    let ten = if tens > 0 { "じゅう" } else { "" };
    let tens = if tens > 1 { ONES.get(tens).copied().unwrap_or_default() } else { "" };
    let part = |words: &[&'static str; 10], at: usize| words.get(at).copied().unwrap_or_default();
    [part(&HUNDREDS, hundreds), tens, ten, part(&ONES, ones)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_read_aloud() {
        let cited = [Cited(STANDARDS, &["115", "143"]), Cited(IMMIGRATION, &["19の16"])];
        assert_eq!(
            written(&cited),
            "{労働基準法|ろうどうきじゅんほう} {第115条|だいひゃくじゅうごじょう}・{第143条|だいひゃくよんじゅうさんじょう}、\
             {入管法|にゅうかんほう} {第19条の16|だいじゅうきゅうじょうのじゅうろく}"
        );
        for (number, reading) in [("7", "なな"), ("10", "じゅう"), ("20", "にじゅう"), ("208", "にひゃくはち")]
        {
            assert_eq!(read(number), reading);
        }
    }

    #[test]
    fn names_are_written_with_their_readings() {
        for name in [OFFICE_TRAINEES, GUIDE_HOURS, SKILL_DEVELOPMENT, NOTICE_EVERYBODY, CHILDCARE, SAY_ACCIDENT] {
            assert!(form::ruby::is_well_formed(name) && form::ruby::bare_kanji(name).is_none(), "{name}");
        }
    }
}
