import CPango

/// What Pango is told of a text and of parts of it.
@safe final class AttributeList {
  let pointer: OpaquePointer

  /// The attributes of a whole text in a look.
  init(_ look: Look) {
    guard let pointer = unsafe pango_attr_list_new() else {
      preconditionFailure("Pango makes no list")
    }
    unsafe self.pointer = pointer
    insert(look, nil)
    // What is broken inside a word is mostly an id: a hyphen would look like a part of it.
    unsafe insert(pango_attr_insert_hyphens_new(0), nil)
  }

  /// A copy, to which parts can be added.
  init(copying other: AttributeList) {
    guard let pointer = unsafe pango_attr_list_copy(other.pointer) else {
      preconditionFailure("Pango copies no list")
    }
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe pango_attr_list_unref(pointer)
  }

  /// Gives a part of the text, as a range of its UTF-8, another look.
  func insert(_ look: Look, _ range: Range<Int>?) {
    let colour = look.colour
    unsafe insert(pango_attr_size_new_absolute(Int32(look.size)), range)
    unsafe insert(
      pango_attr_weight_new(look.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL), range)
    unsafe insert(pango_attr_foreground_new(colour.red, colour.green, colour.blue), range)
  }

  /// Keeps a part in one line.
  func keepTogether(_ range: Range<Int>) {
    unsafe insert(pango_attr_allow_breaks_new(0), range)
  }

  private func insert(_ attribute: UnsafeMutablePointer<PangoAttribute>?, _ range: Range<Int>?) {
    if let range {
      unsafe attribute?.pointee.start_index = UInt32(range.lowerBound)
      unsafe attribute?.pointee.end_index = UInt32(range.upperBound)
    }
    unsafe pango_attr_list_insert(pointer, attribute)
  }
}
