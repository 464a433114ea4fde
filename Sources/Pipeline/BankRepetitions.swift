import Banking
import ByteStreams
import Domain
import ExactMoney
import Ledger

/// Entries that told of one payment each, by what a sum without any id has in common with them.
///
/// One to one: each of them is repeated once by a file.
struct BankRepetitions {
  private struct Key: Hashable {
    var day: Day
    var isDebit: Bool
    var amount: Money
    var reference: String
  }

  private var entries: [Key: [LedgerBankEntry]] = [:]

  /// - Parameter all: Entries of which payments were recognised; those of several payments at once
  ///   are left out.
  init(_ all: [LedgerBankEntry]) {
    let bookings = Dictionary(grouping: all) { BookingName(file: $0.file, identity: $0.identity) }
    for entry in all where !entry.endToEndId.isEmpty {
      let name = BookingName(file: entry.file, identity: entry.identity)
      guard bookings[name]?.count == 1, let key = BankRepetitions.key(entry) else { continue }
      entries[key, default: []].append(entry)
    }
  }

  private struct BookingName: Hashable {
    var file: Int
    var identity: SHA256Digest
  }

  private static func key(_ entry: LedgerBankEntry) -> Key? {
    entry.amount.map {
      Key(day: entry.day, isDebit: entry.isDebit, amount: $0, reference: entry.reference)
    }
  }

  /// Takes the entry that told in more detail what another file's entry without an id tells.
  ///
  /// - Returns: Whether there is one.
  mutating func take(_ entry: LedgerBankEntry) -> Bool {
    guard entry.endToEndId.isEmpty, let key = BankRepetitions.key(entry),
      let place = entries[key]?.firstIndex(where: { $0.file != entry.file })
    else { return false }
    entries[key]?.remove(at: place)
    return true
  }

  /// The same of a booking that was just read.
  ///
  /// - Returns: The number of that entry; nil if there is none of the same account.
  mutating func take(_ booking: BankBooking) -> Int? {
    let key = Key(
      day: booking.day, isDebit: booking.direction == .debit, amount: booking.amount,
      reference: SafeText.shown(booking.reference))
    let place = entries[key]?.firstIndex { entry in
      // Of equal bookings with one id there are hardly ever two, and never many.
      (0..<8).contains { ordinal in
        let identity = booking.identity(endToEndId: entry.endToEndId)
        return SHA256Digest.of(Array("\(identity)#\(ordinal)".utf8)) == entry.identity
      }
    }
    return place.flatMap { entries[key]?.remove(at: $0).number }
  }
}
