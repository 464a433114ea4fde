import Foundation
import Testing

@Suite("samples/rejected: one feed per code")
struct RejectedSampleTests {
  private static let directory = Program.root.appending(path: "samples/rejected")

  /// The feeds that stand alone, by name: `R203.csv` shows R203.
  static let feeds: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.filter { name in
      !name.hasSuffix(".control.json") && !name.hasSuffix(".md") && name.contains(".")
    }.sorted()
  }()

  @Test("shows its code, and no other but what comes with it", arguments: feeds)
  func shows(name: String) throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let result = try Program.run([
      "check", "--workspace", workspace.path, Self.directory.appending(path: name).path,
    ])
    var codes = Set(
      result.talk.matches(of: #/(?:error|warning|note): ([FR]\d\d\d)/#).map { String($0.1) })
    let code = String(name.prefix(4))
    #expect(codes.contains(code), "\(codes.sorted())")
    // Too many rejected rows need rejected rows, and sums that cannot be compared need one.
    if code == "F115" { codes.remove("R205") }
    if code == "F117" { codes.remove("R203") }
    #expect(codes == [code])
  }

  @Test("a feed id that is used again, and the same bytes again", arguments: ["F109", "F110"])
  func pairs(code: String) throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let folder = Self.directory.appending(path: code)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count >= 2)
    let feeds = names.filter { !$0.hasSuffix(".control.json") }
    let result = try Program.run(
      ["check", "--workspace", workspace.path] + feeds.map { folder.appending(path: $0).path })
    #expect(result.talk.contains(": \(code): "), "\(result.talk)")
  }

  @Test("what a profile says of a feed", arguments: ["F114", "F118", "F119"])
  func profiles(code: String) throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let folder = Self.directory.appending(path: code)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let profile = try #require(names.first { $0.hasSuffix(".yaml") })
    let result = try Program.run([
      "check", "--workspace", workspace.path, "--profile", folder.appending(path: profile).path,
      folder.appending(path: "feed.csv").path,
    ])
    let codes = Set(
      result.talk.matches(of: #/(?:error|warning|note): ([FRX]\d\d\d)/#).map { String($0.1) })
    #expect(codes == [code], "\(result.talk)")
    #expect(result.code == (code == "F118" ? 0 : 1))
  }

  @Test("there is one for every code of feeds and rows")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.directory.path)
    let shown = Set(names.map { String($0.prefix(4)) })
    for number in 101...119 { #expect(shown.contains("F\(number)")) }
    for number in 201...218 { #expect(shown.contains("R\(number)")) }
  }
}
