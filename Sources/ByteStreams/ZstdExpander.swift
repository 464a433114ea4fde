import CZstd

/// Expands Zstandard data of one or several frames; checksums, where there are some, are compared.
@safe final class ZstdExpander: Expander {
  /// The largest window that a frame may ask memory for, as a power of two: 128 MiB, as much as
  /// `zstd` itself takes unless told otherwise, and as `zstd -22` and `zstd --long` write.
  private static let windowLogMax: Int32 = 27

  private let limit: ExpansionLimit
  private let path: String
  private let context: OpaquePointer
  private var input = CompressedInput()
  private var expanded = 0
  private var finishedFrames = 0
  private var isInFrame = true
  private var mayHoldMore = false

  /// - Throws: ``ByteSourceFault/io(_:)`` where there is no memory for it.
  init(limit: ExpansionLimit, path: String) throws(ByteSourceFault) {
    guard let context = unsafe ZSTD_createDCtx() else { throw .outOfMemory(path) }
    unsafe self.context = context
    self.limit = limit
    self.path = path
    let result = unsafe ZSTD_DCtx_setParameter(
      context, ZSTD_d_windowLogMax, ZstdExpander.windowLogMax)
    precondition(ZSTD_isError(result) == 0, "libzstd knows windows of this size")
  }

  deinit {
    _ = unsafe ZSTD_freeDCtx(context)
  }

  func read(
    from file: borrowing OpenFile, into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    var done = 0
    while done < count {
      if input.unused.isEmpty && !mayHoldMore {
        try input.refill(file)
        if input.unused.isEmpty {
          guard !isInFrame else { throw .damaged("it ends too early") }
          break
        }
        isInFrame = true
      }
      let made = try expand(into: &buffer, at: start + done, count: count - done)
      done += made
      expanded += made
      guard limit.allows(expanded, of: input.total) else { throw .expansionLimit(path) }
    }
    return done
  }

  private func expand(
    into buffer: inout [UInt8], at start: Int, count: Int
  ) throws(ByteSourceFault) -> Int {
    var made = 0
    let unused = input.unused
    var used = 0
    let result = unsafe input.bytes.withUnsafeBytes { source in
      unsafe buffer.withUnsafeMutableBytes { target in
        var from = unsafe ZSTD_inBuffer(
          src: source.baseAddress?.advanced(by: unused.lowerBound), size: unused.count, pos: 0)
        var to = unsafe ZSTD_outBuffer(
          dst: target.baseAddress?.advanced(by: start), size: count, pos: 0)
        let result = unsafe ZSTD_decompressStream(context, &to, &from)
        (made, used) = unsafe (to.pos, from.pos)
        return result
      }
    }
    input.unused = (unused.lowerBound + used)..<unused.upperBound
    guard ZSTD_isError(result) == 0 else { throw fault(ZSTD_getErrorCode(result)) }
    // 0: a frame is decoded and handed out to its end.
    if result == 0 { finishedFrames += 1 }
    isInFrame = result != 0 || !input.unused.isEmpty
    mayHoldMore = made == count && result != 0
    return made
  }

  private func fault(_ code: ZSTD_ErrorCode) -> ByteSourceFault {
    switch code {
    case ZSTD_error_memory_allocation: .outOfMemory(path)
    case ZSTD_error_checksum_wrong: .damaged("its checksum does not match")
    case ZSTD_error_dictionary_wrong:
      .unsupported("it needs a dictionary; compress it without one")
    case ZSTD_error_frameParameter_windowTooLarge:
      .unsupported("its window is larger than 128 MiB; compress it with --long=27 or less")
    case ZSTD_error_prefix_unknown where finishedFrames > 0: .damaged("other bytes follow its end")
    // libzstd's own words change with its version.
    default: .damaged("its bytes are not valid zstd data")
    }
  }
}
