import Glibc

/// Converts a document to UTF-8 before libxml2 sees it, and tells how many bytes each character took.
///
/// libxml2 could do it, but it loses where a bad byte stands and says so on standard error.
@safe final class XMLConverter {
  /// How a conversion ended.
  enum Ending {
    /// All is converted, but for a beginning of a character that is kept.
    case whole
    /// The output is full; convert again, with no new bytes.
    case full
    /// The next bytes mean nothing.
    case invalid
  }

  private struct Step {
    var read: Int
    var written: Int
    /// 0 or what `iconv` says.
    var failure: Int32
  }

  /// What one character may become, with room to spare.
  private static let characterBytesMax = 32
  /// No character, nor a change of the character set before it, is longer.
  private static let sequenceBytesMax = 16

  private let descriptor: iconv_t
  private let widths: XMLWidths
  /// Bytes that are not converted yet.
  private var input: [UInt8] = []
  private var inputStart = 0
  /// Bytes that were read and have given no character yet.
  private var silent = 0

  /// - Returns: nil if the encoding is not known.
  init?(from encoding: String) {
    guard let opened = unsafe iconv_open("UTF-8", encoding), Int(bitPattern: opened) != -1 else {
      return nil
    }
    unsafe descriptor = opened
    widths = XMLWidths(encoding) { byte in unsafe XMLConverter.probe(opened, byte) }
  }

  deinit {
    unsafe iconv_close(descriptor)
  }

  /// Whether the document ends in the middle of a character.
  var hasRest: Bool { inputStart < input.count }

  /// Bytes of an ASCII character in the document.
  var asciiWidth: Int { widths.width(units: 1) }

  /// Adds bytes to convert.
  func append(_ bytes: Span<UInt8>) {
    input.removeSubrange(..<inputStart)
    inputStart = 0
    unsafe bytes.withUnsafeBufferPointer { unsafe input.append(contentsOf: $0) }
  }

  /// Converts what there is.
  ///
  /// - Parameters:
  ///   - output: Is filled from its beginning.
  ///   - runs: Get what the characters took.
  /// - Returns: How many bytes it has now, and how it ended.
  func convert(
    into output: inout [UInt8], noting runs: inout [XMLRun]
  ) -> (count: Int, ending: Ending) {
    if case .alone(let bytes) = widths { return walk(bytes, &output, &runs) }
    let step = step(input.count - inputStart, into: &output, from: 0)
    XMLRun.append(
      output.span.extracting(0..<step.written), to: &runs, width: widths.width(units:))
    let ending: Ending =
      switch step.failure {
      case 0, EINVAL: .whole
      case E2BIG: .full
      default: .invalid
      }
    return (step.written, ending)
  }

  // MARK: Character by character

  /// Converts bytes that are characters of their own at once, and others one by one, since nothing but
  /// the converter knows where they end.
  private func walk(
    _ isAlone: [Bool], _ output: inout [UInt8], _ runs: inout [XMLRun]
  ) -> (count: Int, ending: Ending) {
    var filled = 0
    while inputStart < input.count {
      guard output.count - filled >= XMLConverter.characterBytesMax else { return (filled, .full) }
      var end = inputStart
      while silent == 0, end < input.count, isAlone[Int(input[end])] { end += 1 }
      let areAlone = end > inputStart
      let step =
        areAlone
        ? step(end - inputStart, into: &output, from: filled)
        : character(into: &output, from: filled)
      let text = output.span.extracting(filled..<(filled + step.written))
      if areAlone {
        XMLRun.append(text, to: &runs) { _ in 1 }
      } else {
        note(text, step, &runs)
      }
      filled += step.written
      switch step.failure {
      case 0: continue
      case E2BIG: return (filled, .full)
      case EINVAL: return (filled, .whole)
      default: return (filled, .invalid)
      }
    }
    return (filled, .whole)
  }

  /// Converts one character.
  private func character(into output: inout [UInt8], from start: Int) -> Step {
    let most = min(input.count - inputStart, XMLConverter.sequenceBytesMax)
    var last = Step(read: 0, written: 0, failure: EINVAL)
    for count in 1...most {
      last = step(count, into: &output, from: start)
      if last.read > 0, last.failure == EINVAL { last.failure = 0 }
      guard last.failure == EINVAL else { return last }
    }
    if most == XMLConverter.sequenceBytesMax { last.failure = EILSEQ }
    return last
  }

  /// Notes what was converted by itself: mostly one character.
  private func note(_ text: Span<UInt8>, _ step: Step, _ runs: inout [XMLRun]) {
    guard !text.isEmpty else {
      // What means nothing stands where the text before it ends.
      if step.failure == 0 { silent += step.read }
      return
    }
    let first = XMLRun.units(text[0])
    var rest = text.extracting(first..<text.count)
    // What came before was a character already, and waited for what could change it.
    let isOwn = silent > 0 && !rest.isEmpty
    runs.append(XMLRun(units: first, width: silent + (isOwn ? 0 : step.read), count: 1))
    silent = 0
    if isOwn {
      let second = XMLRun.units(rest[0])
      runs.append(XMLRun(units: second, width: step.read, count: 1))
      rest = rest.extracting(second..<rest.count)
    }
    XMLRun.append(rest, to: &runs) { _ in 0 }
  }

  // MARK: The C library

  private func step(_ count: Int, into output: inout [UInt8], from start: Int) -> Step {
    var inputLeft = count
    var outputLeft = output.count - start
    var failure: Int32 = 0
    unsafe input.withUnsafeMutableBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
        unsafe from = unsafe from?.advanced(by: inputStart)
        var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
        unsafe to = unsafe to?.advanced(by: start)
        let result = unsafe iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
        if result == -1 { failure = errno }
      }
    }
    inputStart += count - inputLeft
    return Step(
      read: count - inputLeft, written: output.count - start - outputLeft, failure: failure)
  }

  /// What a byte is at the beginning of a text.
  private static func probe(_ descriptor: iconv_t, _ byte: UInt8) -> XMLWidths.Probe {
    var source = [CChar(bitPattern: byte)]
    var target = [CChar](repeating: 0, count: characterBytesMax)
    var (inputLeft, outputLeft) = (source.count, target.count)
    var failure: Int32 = 0
    unsafe source.withUnsafeMutableBufferPointer { from in
      unsafe target.withUnsafeMutableBufferPointer { to in
        var (fromStart, toStart) = (from.baseAddress, to.baseAddress)
        let result = unsafe iconv(descriptor, &fromStart, &inputLeft, &toStart, &outputLeft)
        if result == -1 { failure = errno }
      }
    }
    _ = unsafe iconv(descriptor, nil, nil, nil, nil)
    if failure == EILSEQ { return .invalid }
    let written = target.count - outputLeft
    let isOne = written > 0 && written == XMLRun.units(UInt8(bitPattern: target[0]))
    return failure == 0 && isOne ? .character : .beginning
  }
}
