import Domain

/// What a YAML file must be before a parser sees it.
enum YAMLText {
  private static let bytesMax = 4 << 20
  /// What an alias stands for is compared, as often as it stands there, when it is part of a key;
  /// no file of a workspace needs one, and with so few the work stays small.
  private static let aliasesMax = 10
  /// Keys that are lists or keys themselves are compared as a whole at every level.
  private static let compositeKeysMax = 100
  /// Brackets that are open at once; the parser's time grows with their depth.
  private static let bracketsMax = 64

  /// The text of a file, without a byte order mark; nil where there is a problem.
  static func read(_ bytes: [UInt8], _ findings: inout FindingList) -> String? {
    guard bytes.count <= bytesMax else {
      findings.add(
        .X902, at: nil, "the file has more than \(bytesMax >> 20) MiB",
        remedy: "Check that it is the right file; if it is, split it.")
      return nil
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let span = bytes.span.extracting(start..<bytes.count)
    if let invalid = firstInvalid(span) {
      findings.add(
        .X902, at: place(span, invalid), "a byte that is not UTF-8",
        remedy: "Save the file as UTF-8.")
      return nil
    }
    if let position = firstLineBreakOfAnotherKind(span) {
      findings.add(
        .X902, at: place(span, position),
        "a character that some programs take for a line break and others do not",
        remedy: "End lines with LF or CRLF, and remove this character.")
      return nil
    }
    guard !isExcessive(span) else {
      findings.add(
        .X902, at: nil, "aliases (*name), keys that are lists, or too many brackets",
        remedy: "Write out what each alias stands for, put texts that begin with * in quotes, "
          + "and close all brackets.")
      return nil
    }
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  /// The place of a byte.
  static func place(_ text: Span<UInt8>, _ position: Int) -> Place {
    var place = Place(line: 1, column: 1, byteOffset: nil)
    for before in 0..<min(position, text.count) {
      if text[before] == 0x0A {
        place.line += 1
        place.column = 1
      } else {
        place.column += 1
      }
    }
    return place
  }

  /// The first byte that is not UTF-8.
  static func firstInvalid(_ text: Span<UInt8>) -> Int? {
    do {
      _ = try UTF8Span(validating: text)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  /// A carriage return alone, or U+0085, U+2028 or U+2029.
  private static func firstLineBreakOfAnotherKind(_ text: Span<UInt8>) -> Int? {
    func byte(_ position: Int) -> UInt8 { position < text.count ? text[position] : 0 }
    for position in 0..<text.count {
      switch text[position] {
      case 0x0D where byte(position + 1) != 0x0A: return position
      case 0xC2 where byte(position + 1) == 0x85: return position
      case 0xE2 where byte(position + 1) == 0x80 && (0xA8...0xA9).contains(byte(position + 2)):
        return position
      default: continue
      }
    }
    return nil
  }

  /// Whether there may be so many aliases or keys that are no words that reading takes long.
  ///
  /// It counts what could be one, also inside texts and comments, so it errs on the safe side.
  private static func isExcessive(_ text: Span<UInt8>) -> Bool {
    var aliases = 0
    var compositeKeys = 0
    var brackets = 0
    var bracketsMost = 0
    var previous: UInt8 = 0x0A
    var previousVisible: UInt8 = 0x0A
    for position in 0..<text.count {
      let byte = text[position]
      let next = position + 1 < text.count ? text[position + 1] : 0x0A
      switch byte {
      case 0x2A where isStart(previous) && next > 0x20: aliases += 1
      case 0x3F where isStart(previous) && next <= 0x20: compositeKeys += 1
      case 0x3A where previousVisible == 0x5D || previousVisible == 0x7D: compositeKeys += 1
      case 0x5B, 0x7B:
        brackets += 1
        bracketsMost = max(bracketsMost, brackets)
      case 0x5D, 0x7D: brackets -= 1
      default: break
      }
      previous = byte
      if byte > 0x20 { previousVisible = byte }
    }
    return aliases > aliasesMax || compositeKeys > compositeKeysMax || bracketsMost > bracketsMax
  }

  /// Whether something new can begin after this byte: a blank, a line break, or `[ { , :`.
  private static func isStart(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x5B || byte == 0x7B || byte == 0x2C || byte == 0x3A
  }
}
