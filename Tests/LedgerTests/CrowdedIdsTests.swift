import Domain
import Testing

@testable import Ledger

/// An id that comes more often than rows are compared at a time.
@Suite("Crowded ids")
struct CrowdedIdsTests {
  private static let often = 1000

  private func fixture(comparedMax: Int = 16) throws -> BooksFixture {
    let fixture = try BooksFixture()
    fixture.comparedMax = comparedMax
    return fixture
  }

  @Test("conflict with the first row, each with its place")
  func conflicts() throws {
    let rows = (0..<Self.often).map { BooksRow("A", Int64(100 + $0)) }
    let run = try fixture().run([rows + [BooksRow("B")]])
    #expect(try run.books.end(1, 0) == "accepted" && run.books.end(1, Self.often) == "accepted")
    for row in [1, 15, 16, 17, Self.often - 1] {
      #expect(try run.books.end(1, row) == "rejected")
    }
    #expect(run.late[0].map(\.row) == (1..<UInt32(Self.often)).map { $0 })
    #expect(run.late[0].allSatisfy { $0.kind == .conflict && $0.earlier?.line == 2 })
  }

  @Test("are compared with what an earlier run and an earlier feed brought")
  func known() throws {
    let fixture = try fixture()
    try fixture.run([[BooksRow("A"), BooksRow("B").ineligible]])
    let feeds = [[100, 101], [102, 102]].map { amounts in
      (0..<Self.often).map { BooksRow(["A", "B"][$0 % 2], amounts[$0 % 2]) }
    }
    let run = try fixture.run(feeds)
    // The same content is a duplicate; other content a conflict, or it replaces what was not accepted.
    #expect(try run.books.end(1, 1) == "duplicate")
    #expect(try run.books.end(2, 0) == "duplicate" && run.books.end(2, 1) == "accepted")
    #expect(try run.books.end(2, 3) == "duplicate")
    #expect(try run.books.end(3, 0) == "rejected" && run.books.end(3, 1) == "rejected")
  }

  @Test("are settled in order where something refers to another earning")
  func entangled() throws {
    let rows =
      (0..<Self.often).map { BooksRow("A", Int64(100 + $0)) }
      + [BooksRow("R", -10, related: "A").ineligible]
      + (0..<40).map { BooksRow("R", Int64(-11 - $0), related: "A") }
    let few = try fixture().run([rows])
    let many = try fixture(comparedMax: 1 << 13).run([rows])
    for row in rows.indices {
      #expect(try few.books.end(1, row) == many.books.end(1, row))
    }
    #expect(few.late[0].map(\.row) == many.late[0].map(\.row))
    #expect(try few.books.end(1, Self.often) == "accepted < 2026-10-05")
  }
}
