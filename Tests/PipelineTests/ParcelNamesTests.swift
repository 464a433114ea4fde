import ByteStreams
import TestSupport
import Testing

@testable import Pipeline

@Suite("Names of the files of an archive")
struct ParcelNamesTests {
  /// The labels of files; what stands before the last `/` is their directory.
  private func labels(_ names: [String]) throws(ParcelNames.Fault) -> [String] {
    try ParcelNames(names.map { ($0, last($0)) }).labels
  }

  private func last(_ name: String) -> String {
    String(name.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
  }

  private func fault(_ names: [String]) -> String {
    do throws(ParcelNames.Fault) {
      return "\(try labels(names))"
    } catch {
      return error.message
    }
  }

  @Test(
    "are made of the last component alone, of safe characters",
    arguments: [
      ("a.csv", "a.csv"), ("dir/a.csv", "a.csv"), ("../../a.csv", "a.csv"),
      ("/etc/passwd", "passwd"),
      ("a b.csv", "a_b.csv"), ("Umsätze.csv", "Ums_tze.csv"), ("a\u{0}.csv", "a_.csv"),
      ("a\nb.csv", "a_b.csv"), ("a~b.csv", "a_b.csv"), ("a\\b.csv", "a_b.csv"),
      ("-rf.csv", "-rf.csv"), ("=1+1.csv", "_1_1.csv"), ("\u{202E}x.csv", "_x.csv"),
      ("feed.csv.gz", "feed.csv.gz"), ("no-ending", "no-ending"),
    ])
  func safe(name: String, label: String) throws {
    #expect(try labels([name]) == [label])
  }

  @Test("get a number where another file has the same one, capitals or not")
  func numbers() throws {
    #expect(
      try labels(["a/x.csv", "b/X.CSV", "ä.csv", "c/x.csv", "2~x.csv", "ö.csv"])
        == ["x.csv", "2~X.CSV", "_.csv", "3~x.csv", "2_x.csv", "2~_.csv"])
  }

  @Test("of control files are those of their feeds, wherever they stand")
  func controls() throws {
    #expect(
      try labels(["b/x.csv.control.json", "a/x.csv", "b/x.csv", "a/x.csv.control.json"])
        == ["2~x.csv.control.json", "x.csv", "2~x.csv", "x.csv.control.json"])
    #expect(
      fault(["a/x.csv", "x.csv.control.json"]).hasPrefix("it holds the control file "))
  }

  @Test("there are none for what could not be told apart, or not be read")
  func faults() {
    #expect(fault(["a.csv", "b.csv", "a.csv"]) == "it holds two files of the name a.csv")
    #expect(fault(["a.csv", "b/c.ZIP"]) == "it holds another archive, c.ZIP")
    for name in ["b.part", "b.tmp"] {
      #expect(fault(["a.csv", name]) == "it holds \(name), which is no name of a feed")
    }
  }

  @Test(
    "are short enough for an inbox, unique and no paths, whatever the archive holds",
    arguments: 1...20)
  func anything(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let letters = Array("aA.~/ \u{0}é\n\\2-")
    var full: Set<String> = []
    for _ in 0..<300 {
      let count = Int.random(in: 0...(Bool.random(using: &generator) ? 4 : 400), using: &generator)
      full.insert("d/" + String((0..<count).map { _ in letters.randomElement(using: &generator)! }))
    }
    let names = full.sorted().filter { !last($0).isEmpty && !last($0).hasPrefix(".") }
    let archive = String(repeating: "ä~ x", count: 50) + ".zip"
    let prefix = ParcelNames.prefix(archive: archive, digest: SHA256Digest.of([1]))
    let all = try labels(names).map { prefix + $0 }
    #expect(Set(all.map { $0.lowercased() }).count == names.count)
    for name in all {
      #expect(name.utf8.count <= WorkspacePaths.nameBytesMax && WorkspacePaths.isFeed(name))
      #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F })
    }
  }

  @Test("begin with the archive's name and digest")
  func prefixes() {
    let one = SHA256Digest.of([1])
    #expect(ParcelNames.prefix(archive: "a b.zip", digest: one) == "a_b~\(one.hex.prefix(8))~")
    #expect(ParcelNames.prefix(archive: "X.csv.ZIP", digest: one) == "X.csv~\(one.hex.prefix(8))~")
  }
}
