import Banking
import ByteStreams
import Domain
import Ledger

/// A sum that a bank booked and that fitted no payments when its file was reconciled.
struct WaitingSum {
  var entry: LedgerBankEntry
  /// As findings name its file.
  var file: String
  var booking: BankBooking
}

/// Finds the sums that wait: what comes later, a rejection or a payment that was booked alone, may
/// tell of which payments they are, so that it does not matter in which order files come.
///
/// The ledger does not keep by which ids the bank names a sum: the archived file has them.
struct WaitingSums {
  /// Only sums this near to a payment that is not booked are looked at again, so that the work does
  /// not grow with the years.
  private static let daysBefore = 31
  private static let daysAfter = 90

  let ledger: Ledger
  let paths: WorkspacePaths
  let payments: BankPayments
  let reader: BankFileReader

  /// - Throws: What the ledger throws.
  func find() throws -> [WaitingSum] {
    let files = Dictionary(
      uniqueKeysWithValues: try ledger.bankFiles().map { ($0.number, $0) })
    let waiting = Dictionary(grouping: candidates(try ledger.bankEntries()), by: \.file)
    return waiting.sorted { $0.key < $1.key }.flatMap { number, entries in
      files[number].map { read($0, entries) } ?? []
    }
  }

  private func candidates(_ entries: [LedgerBankEntry]) -> [LedgerBankEntry] {
    let days = payments.payments.filter { payment in
      payment.isOrdered && !payment.said.isBooked && !payment.blockId.isEmpty
    }.map(\.executionDay)
    let used = Set(payments.stories.values.flatMap(\.events).compactMap(\.entry))
    let told = Set(entries.filter { used.contains($0.number) }.map(\.identity))
    let executed = Set(days)
    return entries.filter { entry in
      entry.isDebit && entry.repeats == nil && entry.endToEndId.isEmpty
        && !told.contains(entry.identity)
        && executed.contains { day in
          (-Self.daysBefore...Self.daysAfter).contains(Int(entry.day.number - day.number))
        }
    }
  }

  /// Reads an archived file again; one that is not what it was, or can no longer be read, has none.
  private func read(_ file: LedgerBankFile, _ entries: [LedgerBankEntry]) -> [WaitingSum] {
    let path = paths.archived(file)
    guard (try? SHA256Digest.ofFile(path).0) == file.digest,
      let read = try? reader.read(path: path, name: file.deliveredAs)
    else { return [] }
    let wanted = Dictionary(entries.map { ($0.identity, $0) }, uniquingKeysWith: { one, _ in one })
    return BankIntake.identified(read.bookings).compactMap { identity, booking in
      guard booking.details.isEmpty, let entry = wanted[identity] else { return nil }
      return WaitingSum(entry: entry, file: file.deliveredAs, booking: booking)
    }
  }
}
