import CZlib

/// Inflates gzip data of one or several members.
final class Inflater: Expander {
  private let limit: ExpansionLimit
  private let path: String
  private let stream: DeflateStream
  private var input = CompressedInput()
  private var expanded = 0
  private var finishedMembers = 0
  private var isInMember = true
  private var mayHoldMore = false

  /// - Throws: ``ByteSourceFault/io(_:)`` where there is no memory for it.
  init(limit: ExpansionLimit, path: String) throws(ByteSourceFault) {
    self.limit = limit
    self.path = path
    stream = try DeflateStream(.gzip, path: path)
  }

  func read(
    from file: borrowing OpenFile, into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    var done = 0
    while done < count {
      if input.unused.isEmpty && !mayHoldMore {
        try input.refill(file)
        if input.unused.isEmpty {
          guard !isInMember else { throw .damaged("it ends too early") }
          break
        }
      }
      if !isInMember { try beginMember() }
      let step = stream.inflate(&input, into: &buffer, at: start + done, count: count - done)
      mayHoldMore = step.mayHoldMore
      done += step.made
      expanded += step.made
      try judge(step.result)
      guard limit.allows(expanded, of: input.total) else { throw .expansionLimit(path) }
    }
    return done
  }

  private func beginMember() throws(ByteSourceFault) {
    guard stream.reset() else { throw .outOfMemory(path) }
    isInMember = true
  }

  private func judge(_ result: Int32) throws(ByteSourceFault) {
    switch result {
    // Z_BUF_ERROR: nothing was held back after all.
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      isInMember = false
      finishedMembers += 1
    case Z_MEM_ERROR: throw .outOfMemory(path)
    default:
      // zlib's own words change with its version, and what is said here ends up in output files.
      let isHeader = stream.total == 0 && finishedMembers > 0
      throw .damaged(
        isHeader ? "other bytes follow its end" : "its bytes are not valid gzip data")
    }
  }
}
