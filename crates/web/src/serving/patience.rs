//! How long is waited for a peer: for the parts of a body, and for an answer to be taken.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Frame, Incoming, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::Limits;
use super::seats::InHand;

type Wait = Pin<Box<Sleep>>;

/// A body that has to come in time.
pub struct Timed {
    body: Incoming,
    limits: Limits,
    /// Until the whole of it, and until the next part; from when it is first asked for.
    waits: Option<(Wait, Wait)>,
}

impl Timed {
    pub fn new(body: Incoming, limits: Limits) -> Self {
        Self { body, limits, waits: None }
    }
}

impl hyper::body::Body for Timed {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        let Self { body, limits, waits } = self.get_mut();
        let (whole, part) = waits.get_or_insert_with(|| {
            (Box::pin(sleep(limits.body)), Box::pin(sleep(limits.body_pause)))
        });
        if whole.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err(too_slow().into())));
        }
        if let Poll::Ready(frame) = Pin::new(body).poll_frame(context) {
            part.as_mut().reset(Instant::now() + limits.body_pause);
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        ready!(part.as_mut().poll(context));
        Poll::Ready(Some(Err(too_slow().into())))
    }

    fn is_end_stream(&self) -> bool {
        hyper::body::Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        hyper::body::Body::size_hint(&self.body)
    }
}

/// The body of an answer: until its end, or until nobody takes it any more, the connection is not idle.
pub struct Answering {
    body: Body,
    _in_hand: InHand,
}

impl Answering {
    pub fn new(body: Body, in_hand: InHand) -> Self {
        Self { body, _in_hand: in_hand }
    }
}

impl hyper::body::Body for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        hyper::body::Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        hyper::body::Body::size_hint(&self.body)
    }
}

/// A connection that breaks off when nothing that is sent is taken for a time.
pub struct Patient<T> {
    stream: T,
    limit: Duration,
    waits: Option<Pin<Box<Sleep>>>,
}

impl<T> Patient<T> {
    pub fn new(stream: T, limit: Duration) -> Self {
        Self { stream, limit, waits: None }
    }

    fn waited<R>(
        &mut self,
        context: &mut Context<'_>,
        sent: Poll<io::Result<R>>,
    ) -> Poll<io::Result<R>> {
        if sent.is_ready() {
            self.waits = None;
            return sent;
        }
        let limit = self.limit;
        let waits = self.waits.get_or_insert_with(|| Box::pin(sleep(limit)));
        ready!(waits.as_mut().poll(context));
        Poll::Ready(Err(too_slow()))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.waited(context, sent)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let sent = Pin::new(&mut self.stream).poll_flush(context);
        self.waited(context, sent)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let sent = Pin::new(&mut self.stream).poll_shutdown(context);
        self.waited(context, sent)
    }
}

fn too_slow() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the peer is too slow")
}
