//! As much of HTTP/1.1 as a load generator needs, so that it costs next to nothing beside what it
//! measures.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// One connection, kept alive.
pub struct Client {
    host: String,
    stream: BufReader<TcpStream>,
}

impl Client {
    /// Connects.
    pub fn connect(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).context("the server does not answer")?;
        stream.set_nodelay(true)?;
        Ok(Self {
            host: host.to_owned(),
            stream: BufReader::new(stream),
        })
    }

    /// `GET`, answered by JSON.
    pub fn get(&mut self, path: &str, token: &str) -> Result<Value> {
        let request = self.written(path, Some(token), None);
        Ok(serde_json::from_slice(&self.ask(&request)?)?)
    }

    /// `POST` of JSON, answered by JSON.
    pub fn post(&mut self, path: &str, token: Option<&str>, body: &Value) -> Result<Value> {
        let request = self.written(path, token, Some(body));
        Ok(serde_json::from_slice(&self.ask(&request)?)?)
    }

    /// What goes over the wire for a `GET`, or with a body for a `POST`.
    pub fn written(&self, path: &str, token: Option<&str>, body: Option<&Value>) -> String {
        let host = &self.host;
        let token = token.map(|token| format!("authorization: Bearer {token}\r\n"));
        let token = token.unwrap_or_default();
        let Some(body) = body else {
            return format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n{token}\r\n");
        };
        let body = body.to_string();
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\n{token}content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    }

    /// Sends a request and reads the body of its answer.
    pub fn ask(&mut self, request: &str) -> Result<Vec<u8>> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut length = None;
        let mut chunked = false;
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 {
                bail!("the server closed the connection");
            }
            let header = line.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = Some(value.trim().parse()?);
            }
            chunked |= header == "transfer-encoding: chunked";
        }
        let body = if chunked {
            self.chunks()?
        } else {
            self.exactly(length.unwrap_or(0))?
        };
        if !status.starts_with('2') {
            bail!("status {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(body)
    }

    fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16)?;
            let chunk = self.exactly(length + 2)?;
            if length == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..length]);
        }
    }
}
