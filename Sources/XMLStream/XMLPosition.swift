/// Follows the places of a document by its own bytes, which libxml2 counts in characters.
///
/// Keeps the bytes from the last place asked for on; places are asked for in ascending order.
struct XMLPosition {
  private var window: [UInt8] = []
  /// The offset of the window's first byte in the document.
  private var windowOffset = 0
  private var cursor = 0
  private var line = 1
  private var lineStart = 0

  /// Bytes of the document so far.
  private(set) var total = 0

  mutating func append(_ chunk: Span<UInt8>) {
    if cursor > windowOffset {
      window.removeSubrange(0..<min(cursor - windowOffset, window.count))
      windowOffset = cursor
    }
    unsafe chunk.withUnsafeBufferPointer { unsafe window.append(contentsOf: $0) }
    total += chunk.count
  }

  /// The byte at an offset, if it is still kept.
  func byte(at offset: Int) -> UInt8? {
    let index = offset - windowOffset
    return window.indices.contains(index) ? window[index] : nil
  }

  /// Where the start tag begins that ends at or before `offset`: attribute values hold no `<`.
  func tagStart(before offset: Int) -> Int {
    var index = min(offset - windowOffset, window.count - 1)
    while index > 0, window[index] != 0x3C { index -= 1 }
    return windowOffset + max(index, 0)
  }

  /// Whether the bytes at an offset begin a CDATA section.
  func isCDATA(at offset: Int) -> Bool {
    let start = offset - windowOffset
    let opening = Array("<![CDATA[".utf8)
    guard start >= 0, start + opening.count <= window.count else { return false }
    return window[start] == 0x3C && window[start..<(start + opening.count)].elementsEqual(opening)
  }

  /// The place of an offset that is not before the last one asked for.
  mutating func place(_ offset: Int) -> (line: UInt32, column: UInt32, offset: UInt64) {
    let end = min(max(offset, cursor), windowOffset + window.count)
    var index = cursor - windowOffset
    let last = end - windowOffset
    while index < last {
      if window[index] == 0x0A {
        line += 1
        lineStart = windowOffset + index + 1
      }
      index += 1
    }
    cursor = end
    return (UInt32(line), UInt32(offset - lineStart + 1), UInt64(offset))
  }

  /// Whether the document begins with a DOCTYPE after comments and processing instructions.
  func prologHasDoctype() -> Bool {
    var index = window.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < window.count {
      switch window[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case 0x3C:
        if hasPrefix("<!DOCTYPE", at: index) { return true }
        if hasPrefix("<?", at: index) {
          index = end(of: "?>", from: index + 2)
        } else if hasPrefix("<!--", at: index) {
          index = end(of: "-->", from: index + 4)
        } else {
          return false
        }
      default: return false
      }
    }
    return false
  }

  private func hasPrefix(_ text: String, at index: Int) -> Bool {
    let bytes = Array(text.utf8)
    return index + bytes.count <= window.count
      && window[index..<(index + bytes.count)].elementsEqual(bytes)
  }

  private func end(of text: String, from start: Int) -> Int {
    var index = start
    while index < window.count, !hasPrefix(text, at: index) { index += 1 }
    return min(index + text.utf8.count, window.count)
  }
}
