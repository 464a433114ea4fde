import ByteStreams
import TestSupport
import Testing

@Suite("Zip archives of several files")
struct ZipArchiveTests {
  /// What an archive gives, or why it does not.
  private func read(
    _ archive: [UInt8], limit: ExpansionLimit = ExpansionLimit()
  ) throws -> [(name: String, bytes: [UInt8])] {
    let directory = try TestDirectory()
    let zip = try ZipArchive(directory.write("x.zip", archive))
    try zip.check(limit)
    return try zip.members.map { member in
      var bytes: [UInt8] = []
      try zip.expand(member) { piece in
        #expect(!piece.isEmpty)
        bytes += piece
      }
      return (member.name, bytes)
    }
  }

  private func fault(_ archive: [UInt8], limit: ExpansionLimit = ExpansionLimit()) -> String {
    do {
      return "\(try read(archive, limit: limit).map(\.name))"
    } catch {
      return "\(error)"
    }
  }

  private static let zeros = Zip.File(
    "zeros", [UInt8](repeating: 0, count: 1 + 258 * 3000),
    deflated: Gzip.deflatedZeros(copies: 3000))

  @Test("give each file by itself, in the order of the directory")
  func members() throws {
    var late = Zip.File("c/late.csv", [3, 3])
    (late.hasDescriptor, late.isLarge) = (true, true)
    let large = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
    let files = [
      Zip.File("b.csv", [1]), Zip.File("d/", []), Self.zeros, Zip.File(".hidden", [1]),
      Zip.File("../empty", []), late, Zip.File("large", large), Zip.File("__MACOSX/b.csv", [1]),
    ]
    let given = try read(Zip.archive(files))
    #expect(given.map(\.name) == ["b.csv", "zeros", "../empty", "c/late.csv", "large"])
    #expect(given.map(\.bytes) == [[1], Self.zeros.content, [], [3, 3], large])
    let directory = try TestDirectory()
    let zip = try ZipArchive(directory.write("x.zip", Zip.archive(files)))
    #expect(
      zip.members.map(\.lastComponent) == ["b.csv", "zeros", "empty", "late.csv", "large"])
  }

  @Test("are within the limit of all files together, or not expanded at all")
  func limit() throws {
    let two = ["1", "2"].map { name in
      var file = Self.zeros
      file.name = Array(name.utf8)
      return file
    }
    let size = Self.zeros.content.count
    #expect(fault(Zip.archive([two[0]]), limit: ExpansionLimit(bytes: size)) == #"["1"]"#)
    #expect(fault(Zip.archive(two), limit: ExpansionLimit(bytes: 2 * size)).contains("expansion"))
    let loose = ExpansionLimit(ratio: 1000, bytes: 2 * size)
    #expect(fault(Zip.archive(two), limit: loose) == #"["1", "2"]"#)
    let close = ExpansionLimit(ratio: 1000, bytes: 2 * size - 1)
    #expect(fault(Zip.archive(two), limit: close).contains("expansionLimit"))
    var lie = two[1]
    (lie.size, lie.isLarge) = (.max, true)
    #expect(fault(Zip.archive([two[0], lie]), limit: loose).contains("expansionLimit"))
    // One that says less than it is, is stopped where it says its end is.
    lie.size = 10
    #expect(fault(Zip.archive([two[0], lie]), limit: loose).contains("does not match"))
  }

  @Test("whose files share bytes are not expanded")
  func overlap() {
    let inner = Zip.File("b.csv", [1, 2, 3])
    // The header of the second file stands within the bytes of the first one.
    let outer = Zip.File("a.csv", Array(Zip.archive([inner]).prefix(38)))
    #expect(fault(Zip.archive([outer, inner])) == #"["a.csv", "b.csv"]"#)
    var other = inner
    other.offset = 30 + 5
    #expect(fault(Zip.archive([outer, other])).contains("share the same bytes"))
    #expect(fault(Zip.archive([other, outer])) != #"["b.csv", "a.csv"]"#)
  }

  @Test("are a fault when they end too early, or a bit is not what it was")
  func damage() throws {
    let whole = Zip.archive([Zip.File("a.csv", [1, 2]), Self.zeros, Zip.File("c.csv", [3])])
    let expected = try read(whole).map(\.bytes)
    for count in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: ByteSourceFault.self, "\(count) bytes") { try read(Array(whole[..<count])) }
    }
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      var damaged = whole
      damaged[Int.random(in: 0..<whole.count, using: &generator)] ^=
        1 << UInt8.random(in: 0..<8, using: &generator)
      if let given = try? read(damaged).map(\.bytes) {
        // A name may be another one now, and so a file that does not count.
        #expect(given.allSatisfy(expected.contains))
      }
    }
  }
}
