/// Writes zip archives, right ones and wrong ones.
package struct Zip {
  /// A file in one.
  package struct File: Sendable {
    package var name: [UInt8]
    package var content: [UInt8]
    /// As it stands in the archive; the content itself where it is stored.
    package var kept: [UInt8]
    package var method: UInt16 = 0
    package var flags: UInt16 = 0
    package var checksum: UInt32
    /// As the archive says it; the content's own unless a test says something else.
    package var size: Int
    /// Its numbers stand in the extra fields of zip64.
    package var isLarge = false
    /// Its own header lacks sizes and checksum, which come after its bytes.
    package var hasDescriptor = false
    /// The name in its own header, where that is another one.
    package var localName: [UInt8]?
    /// Where the directory says that it begins, where that is another place.
    package var offset: Int?

    package init(_ name: String, _ content: [UInt8]) {
      self.name = Array(name.utf8)
      self.content = content
      kept = content
      checksum = CRC32.of(content)
      size = content.count
    }

    /// A file whose bytes are deflated already.
    package init(_ name: String, _ content: [UInt8], deflated: [UInt8]) {
      self.init(name, content)
      kept = deflated
      method = 8
    }
  }

  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// An archive of files, in their order.
  package static func archive(
    _ files: [File], comment: [UInt8] = [], isLarge: Bool = false
  ) -> [UInt8] {
    var zip = Zip()
    for file in files { zip.add(file) }
    return zip.finished(comment, isLarge)
  }

  private mutating func add(_ file: File) {
    let offset = file.offset ?? bytes.count
    let name = file.localName ?? file.name
    let known = !file.hasDescriptor
    let flags = file.flags | (known ? 0 : 1 << 3)
    let extra = file.isLarge && known ? large([file.size, file.kept.count]) : []
    bytes += LittleEndian.bytes(UInt32(0x0403_4B50)) + fixed(file, flags)
    bytes += sizes(file, known: known)
    bytes += LittleEndian.bytes(UInt16(name.count)) + LittleEndian.bytes(UInt16(extra.count))
    bytes += name + extra + file.kept
    if !known {
      bytes += LittleEndian.bytes(UInt32(0x0807_4B50)) + sizes(file, known: true)
    }
    let all = file.isLarge ? large([file.size, file.kept.count, offset]) : []
    directory += LittleEndian.bytes(UInt32(0x0201_4B50)) + LittleEndian.bytes(UInt16(45))
    directory += fixed(file, flags) + sizes(file, known: true)
    directory += LittleEndian.bytes(UInt16(file.name.count))
    directory += LittleEndian.bytes(UInt16(all.count))
    // Comment, disk, attributes.
    directory += [UInt8](repeating: 0, count: 10)
    directory += LittleEndian.bytes(file.isLarge ? UInt32.max : UInt32(offset))
    directory += file.name + all
    count += 1
  }

  /// Version needed, flags, method, time and date.
  private func fixed(_ file: File, _ flags: UInt16) -> [UInt8] {
    LittleEndian.bytes(UInt16(20)) + LittleEndian.bytes(flags) + LittleEndian.bytes(file.method)
      + [0, 0, 0x21, 0x28]
  }

  private func sizes(_ file: File, known: Bool) -> [UInt8] {
    guard known else { return [UInt8](repeating: 0, count: 12) }
    let checksum = LittleEndian.bytes(file.checksum)
    guard !file.isLarge else { return checksum + [UInt8](repeating: 0xFF, count: 8) }
    return checksum + LittleEndian.bytes(UInt32(file.kept.count))
      + LittleEndian.bytes(UInt32(file.size))
  }

  private func large(_ numbers: [Int]) -> [UInt8] {
    LittleEndian.bytes(UInt16(1)) + LittleEndian.bytes(UInt16(numbers.count * 8))
      + numbers.flatMap { LittleEndian.bytes(UInt64($0)) }
  }

  private func finished(_ comment: [UInt8], _ isLarge: Bool) -> [UInt8] {
    let start = bytes.count
    var all = bytes + directory
    if isLarge {
      let record = all.count
      all += LittleEndian.bytes(UInt32(0x0606_4B50)) + LittleEndian.bytes(UInt64(44))
      all += LittleEndian.bytes(UInt16(45)) + LittleEndian.bytes(UInt16(45))
      all += [UInt8](repeating: 0, count: 8)
      for number in [count, count, directory.count, start] {
        all += LittleEndian.bytes(UInt64(number))
      }
      all += LittleEndian.bytes(UInt32(0x0706_4B50)) + [0, 0, 0, 0]
      all += LittleEndian.bytes(UInt64(record)) + LittleEndian.bytes(UInt32(1))
    }
    all += LittleEndian.bytes(UInt32(0x0605_4B50)) + [0, 0, 0, 0]
    let few = isLarge ? UInt16.max : UInt16(count)
    all += LittleEndian.bytes(few) + LittleEndian.bytes(few)
    all += LittleEndian.bytes(isLarge ? UInt32.max : UInt32(directory.count))
    all += LittleEndian.bytes(isLarge ? UInt32.max : UInt32(start))
    return all + LittleEndian.bytes(UInt16(comment.count)) + comment
  }
}
