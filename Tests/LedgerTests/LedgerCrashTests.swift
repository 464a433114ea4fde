import ByteStreams
import Domain
import Testing

@testable import Ledger

@Suite("A process that ends in the middle")
struct LedgerCrashTests {
  @Test("the same transactions give the same bytes, also after one that failed")
  func sameBytes() throws {
    let (one, other) = (try LedgerTestDirectory(), try LedgerTestDirectory())
    let ledger = try LedgerFixture.full(one)
    let disturbed = try LedgerFixture.full(other)
    var wrong = LedgerFixture.close([try LedgerFixture.held(opening: 300, coopOpening: 40)])
    wrong.period = .november
    wrong.adjustments = [
      LedgerAdjustment(adjustmentId: "A-1", contentDigest: .sample("A-1"), period: .november)
    ]
    #expect(try fault { try disturbed.close(wrong) } != nil)
    wrong.adjustments = []
    try disturbed.close(wrong)
    try ledger.close(wrong)
    #expect(try one.bytes == other.bytes)
    #expect(try FileSystem.listDirectory(other.path).count == 1)
  }

  /// Copies the files of a ledger as they are on disk in the middle of a transaction.
  private func interrupted(_ ledger: LedgerDatabase, _ from: LedgerTestDirectory) throws
    -> LedgerTestDirectory
  {
    let copy = try LedgerTestDirectory()
    try ledger.database.transaction { () throws(LedgerFault) in
      try ledger.insert(
        (0..<5000).map {
          LedgerFateChange(feed: 1, row: $0, period: .november, bucket: .rejected)
        })
      try ledger.database.flush()
      do {
        for name in try FileSystem.listDirectory(from.path) {
          try copy.write(try FileSystem.readFile(from.path + "/" + name), as: name)
        }
      } catch { Issue.record("\(error)") }
    }
    return copy
  }

  @Test("the next one finds the ledger as before, and goes on to the same bytes")
  func hotJournal() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try LedgerFixture.full(directory)
    let before = try directory.bytes
    let copy = try interrupted(ledger, directory)
    #expect(try FileSystem.listDirectory(copy.path).count == 2)
    #expect(try copy.bytes != before)
    let healed = try copy.open()
    #expect(try copy.bytes == before)
    #expect(try FileSystem.listDirectory(copy.path).count == 1)
    #expect(try healed.verify() == [])
    _ = try interrupted(healed, copy)
    #expect(try copy.bytes == directory.bytes)
  }

  @Test("who only reads takes back what is half-written")
  func hotJournalRead() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try LedgerFixture.full(directory)
    let before = try directory.bytes
    let copy = try interrupted(ledger, directory)
    #expect(try copy.open(.read).verify() == [])
    #expect(try copy.bytes == before)
  }

  @Test("a ledger that was not yet made is made again")
  func interruptedCreation() throws {
    let expected = try LedgerTestDirectory()
    _ = try expected.open()
    let copy = try LedgerTestDirectory()
    let making = try LedgerTestDirectory()
    try making.write([])
    let database = try Database(path: making.file)
    try database.transaction { () throws(LedgerFault) in
      try database.execute(LedgerSchemaVersion1.sql)
      try database.flush()
      do {
        for name in try FileSystem.listDirectory(making.path) {
          try copy.write(try FileSystem.readFile(making.path + "/" + name), as: name)
        }
      } catch { Issue.record("\(error)") }
    }
    // Without its mark yet, and with zeros where a power cut lost a page.
    for bytes in [try copy.bytes, Array(repeating: 0, count: try copy.bytes.count)] {
      let directory = try LedgerTestDirectory()
      try directory.write(bytes)
      let journal = LedgerDatabase.fileName + "-journal"
      try directory.write(try FileSystem.readFile(copy.path + "/" + journal), as: journal)
      #expect(try fault { _ = try directory.open(.read) } == .missing(path: directory.file))
      #expect(try directory.open().verify() == [])
      #expect(try directory.bytes == expected.bytes)
      #expect(try FileSystem.listDirectory(directory.path).count == 1)
    }
  }
}
