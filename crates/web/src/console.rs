//! The duty console: pages for the people who have it open all night.
//!
//! Drawn here, from templates, and whole without a script: links, forms and redirects. What is live
//! (the line's state, new entries, countdowns) is added by `assets/console.js` and htmx, which run under
//! a policy that allows nothing inline and no other host.
//!
//! - [`Desk`] is what every page works with: who looks, in which language, at what moment. A handler
//!   takes it, reads views through it, acts through it, and gives back one template.
//! - Sentences stand in `locales/`, in both languages ([`Words`]); what a code means, too.
//! - A refusal becomes a page of its own (`refusal.rs`): handlers of pages use `?` on problems.
//!
//! Absent here: rules of the domain (a button that is not shown is refused by `decide` all the same),
//! SQL, text in templates, markup from events.

pub mod account;
mod address;
pub mod alert;
pub mod alerts;
pub mod api;
pub mod as_of;
pub mod assets;
pub mod desk;
pub mod drafts;
pub mod due;
pub mod feed;
pub mod form;
pub mod notices;
mod reach;
pub mod refusal;
pub mod search;
pub mod sign_in;
pub mod trail;
mod words;
pub mod zones;

pub use desk::Desk;
pub use words::Words;
