//! A server that ends with the test, and as much HTTP as a test needs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::Installation;

/// A running server.
pub struct Server {
    pub process: Child,
    address: String,
}

impl Server {
    /// Starts it and waits until it says that it serves.
    pub fn start(installation: &Installation) -> Self {
        let mut command = installation.command(["serve", "--listen", "127.0.0.1:0"]);
        let mut process = command.stderr(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(process.stdout.take().unwrap());
        let address = said.lines().find_map(|line| {
            let line = line.unwrap();
            let (_, rest) = line.split_once("http://")?;
            Some(rest.split_once(' ')?.0.to_owned())
        });
        Self {
            process,
            address: address.expect("the server ended before it served"),
        }
    }

    /// Asks, and gives status and body; none when the connection broke.
    pub fn ask(&self, token: &str, method: &str, path: &str, body: &str) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_mins(1))).ok()?;
        let length = body.len();
        write!(
            stream,
            "{method} /api/v1{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Authorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}",
            self.address
        )
        .ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let status = answer.split(' ').nth(1)?.parse().ok()?;
        let (_, body) = answer.split_once("\r\n\r\n")?;
        Some((status, serde_json::from_str(body).ok()?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have been killed already.
        drop(self.process.kill());
        self.process.wait().unwrap();
    }
}
