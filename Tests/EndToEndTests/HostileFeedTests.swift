import Foundation
import Testing

/// Each hostile feed ends in its finding, soon, and in little memory.
@Suite("Hostile feeds", .serialized)
struct HostileFeedTests {
  private static let peakKiBMax = 256 << 10
  /// Twenty seconds of the processor, of a program that was not optimised.
  private static let ticksMax = 2000

  @Test("end in their finding", arguments: HostileFeed.all)
  func finding(feed: HostileFeed) throws {
    let directory = Program.temporary()
    defer { Program.remove(directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let url = directory.appending(path: feed.name)
    try feed.write(url)
    let result = try Measured.run(["check", url.path])
    #expect(result.code == 1)
    let codes = result.talk.matches(of: #/(?:error|warning): ([A-Z]\d\d\d): /#).map { String($0.1) }
    #expect(Set(codes) == [feed.code], "\(result.talk.prefix(1000))")
    #expect(result.peakKiB > 1000)
    #expect(result.peakKiB <= Self.peakKiBMax)
    #expect(result.ticks <= Self.ticksMax)
    #expect(result.talk.isSafe, "\(result.talk.prefix(1000))")
    #expect(!result.talk.contains("root:"), "nothing of another file is shown")
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [feed.name])
  }
}

extension String {
  /// Whether a terminal shows it as it is: no control but line feeds, nothing that turns the text.
  var isSafe: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0A: true
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
      default: true
      }
    }
  }
}
