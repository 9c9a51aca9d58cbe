//! What both screens draw.

use crate::{
    desk::islands::board::{LiveBoard, LiveBoardProps},
    error::AppError,
    events::server::{
        attendance::{board, wire_id},
        catalogue::Event,
    },
    server::Context,
    ui::Reader,
};
use leptos::prelude::*;
use rollcall::{Id, board::Board};

/// The numbers of an event, read now.
pub(super) struct Numbers {
    board: Board,
    places: Vec<(Id, String)>,
    stream: String,
}

impl Numbers {
    /// Reads them.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn read(ctx: &Context, reader: Reader, event: &Event) -> Result<Self, AppError> {
        let places = event.places.iter();
        let places = places.filter_map(|place| Some((wire_id(place.id.as_str())?, place.name.plain(reader))));
        let stream = crate::events::paths::console(&event.slug, "/live");
        Ok(Self { board: board(ctx, event).await?, places: places.collect(), stream })
    }

    /// Draws them, moving where there is script.
    pub(super) fn draw(self, reader: Reader, is_large: bool) -> impl IntoView {
        let Self { board, places, stream } = self;
        LiveBoard(LiveBoardProps { reader, stream, board, places, is_large })
    }
}
