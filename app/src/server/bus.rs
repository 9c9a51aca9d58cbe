//! The live bus: says *what* changed, never the data; a listener reads the data again through the ordinary call.
//!
//! In one process it is a channel. Where several servers share a database (PostgreSQL), [`Bus::relay`] carries it from
//! each to all; who was not reached for a while is told [`Topic::Everything`]. (Tests: `storage/relay`.)

use super::db::{Db, Heard};
use crate::ids::{EventId, QuestionnaireId};
use std::sync::{Arc, OnceLock};
use tokio::sync::{broadcast, mpsc, watch};

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A questionnaire has one answer more, or was opened or closed.
    Questionnaire(QuestionnaireId),
    /// Desks of an event said something, or one was opened, entered or revoked.
    Attendance(EventId),
    /// Perhaps anything: messages may have been lost.
    Everything,
}

impl Topic {
    /// As another server is told: ids alone.
    fn to_wire(&self) -> String {
        match self {
            Self::Questionnaire(id) => ["questionnaire ", id.as_str()].concat(),
            Self::Attendance(id) => ["attendance ", id.as_str()].concat(),
            Self::Everything => "everything".to_owned(),
        }
    }

    /// What another server said; of a newer one it may be something that this one does not know.
    fn of_wire(text: &str) -> Self {
        match text.split_once(' ') {
            Some(("questionnaire", id)) => Self::Questionnaire(QuestionnaireId(id.to_owned())),
            Some(("attendance", id)) => Self::Attendance(EventId(id.to_owned())),
            _ => Self::Everything,
        }
    }
}

/// A channel to everybody who watches. A listener that falls behind is told so and reads everything again.
#[derive(Clone, Debug)]
pub struct Bus {
    topics: broadcast::Sender<Topic>,
    closing: watch::Sender<bool>,
    others: Arc<OnceLock<mpsc::UnboundedSender<String>>>,
}

impl Default for Bus {
    fn default() -> Self {
        Self { topics: broadcast::channel(256).0, closing: watch::channel(false).0, others: Arc::default() }
    }
}

impl Bus {
    /// Tells all listeners, of this server and of the others. Call it after the transaction is through.
    pub fn publish(&self, topic: Topic) {
        if let Some(others) = self.others.get() {
            let _ = others.send(topic.to_wire());
        }
        // Nobody listening is no error.
        let _ = self.topics.send(topic);
    }

    /// Carries topics between the servers that share this database, until the process ends; at once over where there
    /// is one server only. Own words come back and are heard twice, which costs a reading and nothing else.
    pub async fn relay(&self, db: &Db) {
        if !db.is_shared() {
            return;
        }
        let (sender, told) = mpsc::unbounded_channel();
        if self.others.set(sender).is_err() {
            return;
        }
        let hear = |heard: Heard| {
            let topic = match heard {
                Heard::Said(text) => Topic::of_wire(&text),
                Heard::Lost => Topic::Everything,
            };
            let _ = self.topics.send(topic);
        };
        tokio::select! {
            () = db.relay(told, hear) => {}
            () = self.closed() => {}
        }
    }

    /// A new listener; it hears what comes from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Topic> {
        self.topics.subscribe()
    }

    /// Says that the process is about to end; done once, by the signal that ends it.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Ready when the process is about to end. Every event stream must end then (`stream.take_until(bus.closed())`),
    /// or it would hold the process until its time limit.
    pub fn closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut closing = self.closing.subscribe();
        async move {
            // The sender lives in the context: if it is gone, the process is as good as ended.
            let _ = closing.wait_for(|closing| *closing).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_topic_is_read_as_it_was_written() {
        for topic in [
            Topic::Questionnaire(QuestionnaireId("a b".to_owned())),
            Topic::Attendance(EventId("c".to_owned())),
            Topic::Everything,
        ] {
            assert_eq!(Topic::of_wire(&topic.to_wire()), topic);
        }
        for newer in ["", "reports 1", "attendance"] {
            assert_eq!(Topic::of_wire(newer), Topic::Everything);
        }
    }

    #[tokio::test]
    async fn everybody_hears_the_end_early_or_late() {
        let bus = Bus::default();
        let early = bus.closed();
        assert!(tokio::time::timeout(Duration::from_millis(20), bus.closed()).await.is_err(), "nothing ended yet");
        bus.clone().close();
        early.await;
        bus.closed().await;
    }
}
