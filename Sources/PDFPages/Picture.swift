import CPango

/// A picture that Cairo can draw, of no more pixels than paper shows.
@safe final class Picture {
  /// What Cairo reads the file from.
  private final class Source {
    let bytes: [UInt8]
    var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }
  }

  let surface: OpaquePointer
  /// In pixels of the surface.
  let width: Int
  let height: Int

  /// - Parameters:
  ///   - bytes: Of a PNG.
  ///   - widthMax: In pixels; what has more is made smaller once, as it would go into every file.
  ///   - heightMax: In pixels.
  /// - Returns: Nil where they are something else, or damaged.
  init?(_ bytes: [UInt8], widthMax: Int, heightMax: Int) {
    guard !bytes.isEmpty, let whole = unsafe Picture.read(bytes) else { return nil }
    let size = (
      width: Int(unsafe cairo_image_surface_get_width(whole)),
      height: Int(unsafe cairo_image_surface_get_height(whole))
    )
    guard unsafe cairo_surface_status(whole) == CAIRO_STATUS_SUCCESS, size.width > 0,
      size.height > 0
    else {
      unsafe cairo_surface_destroy(whole)
      return nil
    }
    // As much smaller as the side that is farther above its limit.
    let isWide = size.width * heightMax > size.height * widthMax
    let (part, side) = isWide ? (widthMax, size.width) : (heightMax, size.height)
    if part < side,
      let small = unsafe Picture.scaled(
        whole, from: size, to: (max(1, size.width * part / side), max(1, size.height * part / side))
      )
    {
      unsafe cairo_surface_destroy(whole)
      unsafe surface = small
    } else {
      unsafe surface = whole
    }
    width = Int(unsafe cairo_image_surface_get_width(surface))
    height = Int(unsafe cairo_image_surface_get_height(surface))
  }

  /// - Returns: A surface of its own, nil where there is no memory for it.
  private static func scaled(
    _ whole: OpaquePointer, from old: (width: Int, height: Int), to new: (width: Int, height: Int)
  ) -> OpaquePointer? {
    guard
      let small = unsafe cairo_surface_create_similar_image(
        whole, cairo_image_surface_get_format(whole), Int32(new.width), Int32(new.height))
    else { return nil }
    let context = unsafe cairo_create(small)
    unsafe cairo_scale(
      context, Double(new.width) / Double(old.width), Double(new.height) / Double(old.height))
    unsafe cairo_set_source_surface(context, whole, 0, 0)
    unsafe cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_BEST)
    // Beyond an edge there would be nothing, which would show in the pixels along it.
    unsafe cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_PAD)
    unsafe cairo_paint(context)
    let isDrawn = unsafe cairo_status(context) == CAIRO_STATUS_SUCCESS
    unsafe cairo_destroy(context)
    if isDrawn { return unsafe small }
    unsafe cairo_surface_destroy(small)
    return nil
  }

  private static func read(_ bytes: [UInt8]) -> OpaquePointer? {
    let source = Source(bytes)
    return unsafe withExtendedLifetime(source) {
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
  }

  deinit {
    unsafe cairo_surface_destroy(surface)
  }
}
