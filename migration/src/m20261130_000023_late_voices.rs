use crate::table;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::add_day(
            manager,
            "voices",
            "late_on",
            "When its worker said that the desk is late; gone with the answer",
        )
        .await?;
        table::add_day(manager, "voices", "late_told_on", "When a trustee was told so").await?;
        table::add_day(manager, "voices", "aside_on", "When it came in a flood: kept apart until a member has looked")
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["aside_on", "late_told_on", "late_on"] {
            table::drop_column(manager, "voices", name).await?;
        }
        Ok(())
    }
}
