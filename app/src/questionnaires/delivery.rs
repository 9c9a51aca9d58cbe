//! What a reply means for the row that was posted. Only a receipt under the server's key lets a phone forget; all else
//! may have been said by something in between.

use super::types::Receipt;
use crate::error::AppError;
use form::json::Tree;
use outbox::{
    Row,
    uploader::{Refusal, Verdict},
};

/// Longer than this nobody waits because a reply says so, in seconds.
const LONGEST_PAUSE_S: u32 = 300;

/// Judges a reply: its body, and whether its status was one of success. `None` if none came whole.
#[must_use]
pub fn judge(row: &Row, receipt_key: &str, reply: Option<(bool, &str)>) -> Verdict<Receipt> {
    let Some((is_success, body)) = reply else { return Verdict::Nothing };
    // A hotel's page is no JSON; a stranger's JSON is no receipt.
    let Ok(tree) = Tree::parse(body) else { return Verdict::Nothing };
    if let Some(receipt) = Receipt::read(&tree) {
        return if receipt.is_for(receipt_key, &row.id, &row.digest) {
            Verdict::Receipt(receipt)
        } else {
            Verdict::Nothing
        };
    }
    if is_success {
        return Verdict::Nothing;
    }
    match AppError::read(&tree) {
        AppError::Conflict => Verdict::Refused(Refusal::Conflict),
        AppError::Malformed | AppError::Invalid(_) | AppError::Expired => Verdict::Refused(Refusal::Unreadable),
        AppError::Outdated => Verdict::Refused(Refusal::Outdated),
        AppError::TooManyRequests { retry_after } => Verdict::Busy(retry_after.clamp(1, LONGEST_PAUSE_S)),
        _ => Verdict::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        questionnaires::{server::receipt::receipt, types::Outcome},
        server::keys::Keys,
    };

    #[test]
    fn only_a_receipt_for_this_row_under_this_key_is_one() {
        let keys = Keys::derive(&[7; 32]);
        let key = data_encoding::HEXLOWER.encode(keys.receipt_key().as_bytes());
        let row = Row { id: "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(), digest: "cd".repeat(32), body: "{}".into() };
        let good = receipt(&keys, &row.id, &row.digest, Outcome::Stored);
        let json = |receipt: &Receipt| serde_json::to_string(receipt).unwrap();
        assert_eq!(judge(&row, &key, Some((true, &json(&good)))), Verdict::Receipt(good.clone()));
        let aside = receipt(&keys, &row.id, &row.digest, Outcome::KeptAside);
        assert_eq!(judge(&row, &key, Some((true, &json(&aside)))), Verdict::Receipt(aside));
        for other in [
            receipt(&Keys::derive(&[8; 32]), &row.id, &row.digest, Outcome::Stored),
            receipt(&keys, "1f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b", &row.digest, Outcome::Stored),
            receipt(&keys, &row.id, &"ce".repeat(32), Outcome::Stored),
            Receipt { outcome: Outcome::Deleted, ..good.clone() },
            Receipt { code: "ABCD-EFGH-JKMN".into(), ..good.clone() },
            Receipt { signature: String::new(), ..good },
        ] {
            assert_eq!(judge(&row, &key, Some((true, &json(&other)))), Verdict::Nothing, "{other:?}");
        }
    }

    #[test]
    fn whatever_else_comes_back_deletes_nothing() {
        let row = Row { id: "a".into(), digest: "d".into(), body: "{}".into() };
        let judged = |is_success, body: &str| judge(&row, &"ab".repeat(32), Some((is_success, body)));
        assert_eq!(judge(&row, "", None), Verdict::Nothing);
        for body in ["", "<!doctype html><title>Hotel</title>", "{}", "[]", "null", "\"stored\"", "{\"ok\":true}"] {
            assert_eq!(judged(true, body), Verdict::Nothing, "{body}");
            assert_eq!(judged(false, body), Verdict::Nothing, "{body}");
        }
        // A status of success with an error in it is no word of ours.
        assert_eq!(judged(true, "\"conflict\""), Verdict::Nothing);
        let cases = [
            ("\"conflict\"", Verdict::Refused(Refusal::Conflict)),
            ("\"malformed\"", Verdict::Refused(Refusal::Unreadable)),
            ("{\"invalid\":[]}", Verdict::Refused(Refusal::Unreadable)),
            ("\"expired\"", Verdict::Refused(Refusal::Unreadable)),
            ("\"outdated\"", Verdict::Refused(Refusal::Outdated)),
            ("{\"too_many_requests\":{\"retry_after\":12}}", Verdict::Busy(12)),
            ("{\"too_many_requests\":{\"retry_after\":4000000000}}", Verdict::Busy(300)),
            ("{\"too_many_requests\":{\"retry_after\":0}}", Verdict::Busy(1)),
            ("\"transport\"", Verdict::Nothing),
            ("{\"internal\":{\"reference\":\"ABCDEFGH\"}}", Verdict::Nothing),
        ];
        for (body, verdict) in cases {
            assert_eq!(judged(false, body), verdict, "{body}");
        }
    }
}
