//! `/console/questionnaires/{slug}/answers.csv`, `.json` and `.xlsx`: the ordinary rows as a file, sent while they are
//! read (a workbook while it is packed); and `codebook.csv`, what their columns mean.

use super::wanted::Wanted;
use crate::{
    auth::Organizer,
    error::AppError,
    questionnaires::server::{
        catalogue,
        export::{self, Export, ExportOptions, Format, Include, Labels},
        scope::Scope,
        service,
    },
    server::Context,
};
use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::Response,
};
use futures::stream;

/// The rows as CSV.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire, [`AppError::Malformed`] for a language it does not have or a
/// filter that cannot be.
pub async fn csv(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    file(&ctx, &slug, Format::Csv, &wanted, Scope::ordinary(&organizer)).await
}

/// The rows as JSON.
///
/// # Errors
/// As [`csv`].
pub async fn json(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    file(&ctx, &slug, Format::Json, &wanted, Scope::ordinary(&organizer)).await
}

/// The rows as a workbook.
///
/// # Errors
/// As [`csv`].
pub async fn xlsx(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    file(&ctx, &slug, Format::Xlsx, &wanted, Scope::ordinary(&organizer)).await
}

/// What the columns mean, as CSV.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn codebook(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let bytes = export::codebook_csv(service::codebook_table(&ctx, &organizer, &slug).await?)?;
    let day = ctx.clock().today().to_string();
    Ok(attachment(Body::from(bytes), Format::Csv, &[&slug, "-codebook-", &day].concat()))
}

/// The file behind the form for everything.
///
/// # Errors
/// As [`csv`].
pub async fn everything(
    ctx: &Context,
    slug: &str,
    format: Format,
    wanted: &Wanted,
    scope: Scope,
) -> Result<Response, AppError> {
    file(ctx, slug, format, wanted, scope).await
}

async fn file(ctx: &Context, slug: &str, format: Format, wanted: &Wanted, scope: Scope) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let labels = match wanted.labels.as_str() {
        "" => Labels::Codes,
        language => Labels::In(language.to_owned()),
    };
    let options = ExportOptions { format, labels, filter: wanted.filter()?, scope };
    let export = Export::of(ctx, &questionnaire, options).await?;
    let bytes = stream::try_unfold(export, |mut export| async move {
        Ok::<_, AppError>(export.next().await?.map(|bytes| (Bytes::from(bytes), export)))
    });

    let day = ctx.clock().today().to_string();
    let mark = if scope.include() == Include::Everything { "-everything" } else { "" };
    let name = [&questionnaire.slug, mark, "-", &day].concat();
    Ok(attachment(Body::from_stream(bytes), format, &name))
}

/// An answer that a browser keeps as a file; `name` is without its ending.
fn attachment(body: Body, format: Format, name: &str) -> Response {
    let disposition = ["attachment; filename=\"", name, ".", format.extension(), "\""].concat();
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
