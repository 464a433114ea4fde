import Synchronization
import Testing

@testable import Pipeline

@Suite("Progress")
struct ProgressTests {
  /// What was written to a terminal.
  private final class Screen: Sendable {
    private let pieces = Mutex<[String]>([])

    var text: [String] { pieces.withLock { $0 } }

    func write(_ text: String) {
      pieces.withLock { $0.append(text) }
    }
  }

  private func reading(_ done: Int, of total: Int?) -> Progress {
    Progress(work: "reading a.csv", done: done, total: total, unit: .bytes)
  }

  @Test("nothing is shown in the first second, and then five lines a second at most")
  func rate() {
    let screen = Screen()
    let begin = ContinuousClock.now
    let bar = ProgressBar(columns: 80, begin: begin, write: screen.write)
    for millisecond in 0..<1000 {
      bar.show(reading(millisecond, of: 5000), at: begin + .milliseconds(millisecond))
    }
    #expect(screen.text.isEmpty)
    bar.clear()
    #expect(screen.text.isEmpty)
    for millisecond in 1000..<2000 {
      bar.show(reading(millisecond, of: 5000), at: begin + .milliseconds(millisecond))
    }
    #expect(screen.text.count == 5)
    bar.clear()
    #expect(screen.text.last == "\r\u{1B}[K")
    #expect(screen.text.count == 6)
  }

  @Test("bytes, rate and time left are shown")
  func line() {
    let begin = ContinuousClock.now
    var line = ProgressLine(columns: 100)
    #expect(
      line.text(reading(10_000_000, of: 175_000_000), at: begin)
        == "reading a.csv [#                   ] 5% 10.0 MB")
    #expect(
      line.text(reading(60_000_000, of: 175_000_000), at: begin + .seconds(2))
        == "reading a.csv [######              ] 34% 60.0 MB 25.0 MB/s 4 s left")
    #expect(
      line.text(reading(60_000_000, of: nil), at: begin + .seconds(4))
        == "reading a.csv 60.0 MB 12.5 MB/s")
    func settling(_ done: Int) -> Progress {
      Progress(work: "settling", done: done, total: 40, unit: .partners)
    }
    _ = line.text(settling(0), at: begin + .seconds(10))
    #expect(
      line.text(settling(10), at: begin + .seconds(730))
        == "settling [#####               ] 25% 10 partners 36 min 0 s left")
  }

  @Test("a line is never wider than the terminal, nor does it control it")
  func width() {
    var line = ProgressLine(columns: 60)
    let progress = Progress(
      work: "reading \u{1B}[31m" + String(repeating: "x", count: 300), done: 1, total: 0,
      unit: .bytes)
    let text = line.text(progress, at: .now)
    #expect(text.count < 60)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 })
  }
}
