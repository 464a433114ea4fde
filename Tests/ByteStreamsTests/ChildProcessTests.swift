import ByteStreams
import Testing

@Suite("A program that works for this one")
struct ChildProcessTests {
  private func shell(_ script: String) throws -> ChildProcess {
    try ChildProcess(executable: "/bin/sh", arguments: ["-c", script])
  }

  @Test("gets messages of any length and gives them back", arguments: [0, 1, 4, 70_000, 3_000_000])
  func echo(count: Int) throws {
    let process = try ChildProcess(executable: "/bin/cat")
    let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    // What is longer than the socket holds comes back while it is still being sent.
    if count < 100_000 {
      for _ in 0..<3 {
        try process.send(message, within: 20)
        #expect(try process.receive(within: 20) == message)
      }
    } else {
      #expect(throws: FrameFault.timedOut) { try process.send(message, within: 1) }
    }
  }

  @Test("has neither our environment nor our files")
  func alone() throws {
    let script = #"""
      x=n; for n in 3 4 5 6 7 8 9 10 11 12 13 14; do [ -e /proc/$$/fd/$n ] && x=open; done
      printf '\002\000\000\000%s%s' $x ${HOME:-n}
      """#
    #expect(try shell(script).receive(within: 20) == Array("nn".utf8))
  }

  @Test("an end is said, and how it came")
  func ended() throws {
    for (script, how) in [("exit 3", "exit code 3"), ("kill -9 $$", "signal 9")] {
      let process = try shell(script)
      #expect(throws: FrameFault.ended) { try process.receive(within: 20) }
      #expect(process.end() == how)
    }
  }

  @Test("writing to one that has ended is an error and no signal")
  func brokenPipe() throws {
    let process = try shell("exit 0")
    #expect(throws: FrameFault.ended) { try process.receive(within: 20) }
    #expect(throws: FrameFault.ended) {
      for _ in 0..<10 { try process.send([1, 2, 3], within: 20) }
    }
  }

  @Test("half a message is none")
  func half() throws {
    for script in [#"printf '\005\000'"#, #"printf '\005\000\000\000ab'"#] {
      #expect(throws: FrameFault.ended) { try shell(script).receive(within: 20) }
    }
  }

  @Test("a length that cannot be is refused before anything is read")
  func tooLong() throws {
    #expect(throws: FrameFault.tooLong(0xFFFF_FFFF)) {
      try shell(#"printf '\377\377\377\377'; sleep 60"#).receive(within: 20)
    }
  }

  @Test("one that does not answer is not waited for, and is ended")
  func hanging() throws {
    let process = try shell("sleep 600")
    let start = ContinuousClock.now
    #expect(throws: FrameFault.timedOut) { try process.receive(within: 1) }
    #expect(process.end() == nil)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test("what is no program is an error")
  func missing() {
    #expect(throws: FileError.self) { try ChildProcess(executable: "/nonexistent/program") }
  }
}
