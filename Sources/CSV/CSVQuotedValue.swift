/// A value that begins with a quote, as far as its closing quote.
struct CSVQuotedValue {
  /// What follows the closing quote.
  enum Ending {
    case delimiter
    /// A line ending of so many bytes; 0 at the end of the file.
    case record(Int)
    /// Something that does not belong there.
    case text
    /// More bytes are needed to tell.
    case undecided
    /// There is no closing quote.
    case open
  }

  /// Where the closing quote stands.
  var end: Int
  var flags: CSVFieldFlags
  /// Line feeds inside the quotes.
  var lineFeeds: Int
  var ending: Ending

  /// Whether the value can be added as it stands.
  var isWhole: Bool {
    switch ending {
    case .delimiter, .record: true
    case .text, .undecided, .open: false
    }
  }

  /// Reads the value whose opening quote stands at `open`.
  init(_ bytes: Span<UInt8>, open: Int, quote: UInt8, delimiter: UInt8, isLast: Bool) {
    flags = .quoted
    lineFeeds = 0
    ending = .open
    end = open + 1
    while end < bytes.count {
      let byte = bytes[end]
      if byte == quote {
        guard end + 1 < bytes.count, bytes[end + 1] == quote else {
          ending = CSVQuotedValue.ending(bytes, at: end + 1, delimiter, isLast: isLast)
          return
        }
        flags.insert(.hasDoubledQuote)
        end += 1
      } else if byte == 0x0A {
        lineFeeds += 1
      } else if byte == 0x0D, end + 1 < bytes.count, bytes[end + 1] != 0x0A {
        flags.insert(.loneCarriageReturn)
      }
      end += 1
    }
  }

  private static func ending(
    _ bytes: Span<UInt8>, at position: Int, _ delimiter: UInt8, isLast: Bool
  ) -> Ending {
    guard position < bytes.count else { return isLast ? .record(0) : .undecided }
    switch bytes[position] {
    case delimiter: return .delimiter
    case 0x0A: return .record(1)
    case 0x0D:
      guard position + 1 < bytes.count else { return isLast ? .text : .undecided }
      return bytes[position + 1] == 0x0A ? .record(2) : .text
    default: return .text
    }
  }
}

/// Appends a quoted value with its doubled quotes halved.
///
/// - Parameters:
///   - start: The first byte of the value in `bytes`, inside its quotes.
///   - end: One past its last byte.
package func unescape(
  _ bytes: Span<UInt8>, start: Int, end: Int, quote: UInt8, into result: inout [UInt8]
) {
  var position = start
  while position < end {
    let byte = bytes[position]
    result.append(byte)
    let doubled = byte == quote && position + 1 < end && bytes[position + 1] == quote
    position += doubled ? 2 : 1
  }
}
