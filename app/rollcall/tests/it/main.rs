//! What must stay true of desks, whatever the network, the clocks and the people do. `simulation` plays whole afternoons
//! against an honest server and against sabotaged ones, `cases` names what once went wrong elsewhere, `wire` reads what
//! comes from outside.

mod cases;
mod chance;
mod desk;
mod model;
mod search;
mod simulation;
mod wire;
