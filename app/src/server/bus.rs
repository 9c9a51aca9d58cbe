//! The live bus: says *what* changed, never the data; a listener reads the data again through the ordinary call.
//!
//! In this process only. With PostgreSQL and several servers, LISTEN/NOTIFY will feed the same channel.

use crate::ids::QuestionnaireId;
use tokio::sync::{broadcast, watch};

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A questionnaire has one answer more, or was opened or closed.
    Questionnaire(QuestionnaireId),
}

/// A channel to everybody who watches. A listener that falls behind is told so and reads everything again.
#[derive(Clone, Debug)]
pub struct Bus {
    topics: broadcast::Sender<Topic>,
    closing: watch::Sender<bool>,
}

impl Default for Bus {
    fn default() -> Self {
        Self { topics: broadcast::channel(256).0, closing: watch::channel(false).0 }
    }
}

impl Bus {
    /// Tells all listeners. Call it after the transaction is through.
    pub fn publish(&self, topic: Topic) {
        // Nobody listening is no error.
        let _ = self.topics.send(topic);
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
