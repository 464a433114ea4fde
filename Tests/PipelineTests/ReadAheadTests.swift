import ByteStreams
import Domain
import ExactMoney
import Foundation
import TestSupport
import Testing

@testable import Feeds
@testable import Pipeline

/// One thread that reads a feed as a whole is the oracle.
@Suite("Reading ahead")
struct ReadAheadTests {
  /// All that a feed gives.
  private struct Reading: Equatable {
    var texts: [String] = []
    var findings: [Finding] = []
    var refusal: Finding?
  }

  private struct Fault: Error {}

  private func write(_ text: String) throws -> FeedFile {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".csv")
    try Data(text.utf8).write(to: path)
    return FeedFile(path: path.path, name: "a.csv", limits: Limits())
  }

  /// Rows with quoted line breaks, other line endings, and faults; the last one may be cut.
  private func csv(_ rows: Int, isCut: Bool, _ generator: inout SeededGenerator) -> String {
    var text =
      "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount,"
      + "customerName\n"
    for row in 0..<rows {
      let amount = ["1.50", "-2", "1,5", "", "\"7\""].randomElement(using: &generator) ?? ""
      let name = ["", "Bau \"Nord\"", "a\nb", "x, y"].randomElement(using: &generator) ?? ""
      let end = ["\n", "\r\n"].randomElement(using: &generator) ?? ""
      text += "E-\(row),7,Direct,2026-10-0\(row % 12),EUR,\(amount),"
      text += "\"" + name.replacing("\"", with: "\"\"") + "\"" + end
    }
    return isCut ? text + "E,\"open" : text
  }

  private func read(_ file: FeedFile, threads: Int) throws -> Reading {
    var preparation = RowPreparation(
      feed: file, registry: nil, plans: nil, pricer: nil, only: nil)
    var reading = Reading()
    do {
      _ = try ReadAhead.read(file, threads: threads, &preparation) { batch in
        for row in 0..<batch.count {
          let texts = EarningField.allCases.map { batch.text(row, $0) }.joined(separator: "|")
          reading.texts.append(
            "\(batch.firstRow + row) \(batch.lines[row]) \(batch.byteOffsets[row])"
              + " \(batch.flags[row].rawValue) \(batch.amounts[row].picos) \(texts)")
        }
      }
    } catch let refusal as FeedRefusal {
      reading.refusal = refusal.finding
    }
    reading.findings = preparation.findings.listed
    return reading
  }

  @Test(
    "any number of threads and any size of pieces give the same",
    arguments: 0..<4 as Range<UInt64>, [1 << 10, 1 << 12, 1 << 16, 1 << 20])
  func same(seed: UInt64, chunkBytes: Int) throws {
    var generator = SeededGenerator(seed: seed)
    var file = try write(csv(3000, isCut: seed == 3, &generator))
    defer { try? FileManager.default.removeItem(atPath: file.path) }
    let expected = try read(file, threads: 1)
    #expect(expected.texts.count == 3000 && !expected.findings.isEmpty)
    #expect((expected.refusal != nil) == (seed == 3))
    file.chunkBytes = chunkBytes
    for threads in 1...3 {
      #expect(try read(file, threads: threads) == expected, "\(threads) threads")
    }
  }

  @Test("a failure of the caller ends the reading", arguments: [1, 2])
  func failure(threads: Int) throws {
    var generator = SeededGenerator(seed: 9)
    let file = try write(csv(20_000, isCut: false, &generator))
    defer { try? FileManager.default.removeItem(atPath: file.path) }
    var preparation = RowPreparation(
      feed: file, registry: nil, plans: nil, pricer: nil, only: nil)
    #expect(throws: Fault.self) {
      _ = try ReadAhead.read(file, threads: threads, &preparation) { batch in
        if batch.firstRow > 1000 { throw Fault() }
      }
    }
  }
}
