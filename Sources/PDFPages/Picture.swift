import CPango

/// A picture that Cairo can draw.
@safe final class Picture {
  /// What Cairo reads the file from.
  private final class Source {
    let bytes: [UInt8]
    var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }
  }

  let surface: OpaquePointer
  /// In pixels.
  let width: Int
  let height: Int

  /// - Parameter bytes: Of a PNG.
  /// - Returns: Nil where they are something else, or damaged.
  init?(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return nil }
    let source = Source(bytes)
    let surface = unsafe withExtendedLifetime(source) {
      unsafe cairo_image_surface_create_from_png_stream(
        { source, target, count in
          guard let source = unsafe source, let target = unsafe target else {
            return CAIRO_STATUS_READ_ERROR
          }
          let reading = unsafe Unmanaged<Source>.fromOpaque(source).takeUnretainedValue()
          let end = reading.place + Int(count)
          guard end <= reading.bytes.count else { return CAIRO_STATUS_READ_ERROR }
          for (offset, byte) in reading.bytes[reading.place..<end].enumerated() {
            unsafe target[offset] = byte
          }
          reading.place = end
          return CAIRO_STATUS_SUCCESS
        }, Unmanaged.passUnretained(source).toOpaque())
    }
    guard let surface = unsafe surface else { return nil }
    unsafe self.surface = surface
    width = Int(unsafe cairo_image_surface_get_width(surface))
    height = Int(unsafe cairo_image_surface_get_height(surface))
    guard unsafe cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, width > 0, height > 0
    else { return nil }
  }

  deinit {
    unsafe cairo_surface_destroy(surface)
  }
}
