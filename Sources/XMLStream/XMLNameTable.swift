import CLibXML2

/// Knows the names of a document by their addresses: libxml2 gives equal names the same pointers,
/// as long as its parser lives.
@safe struct XMLNameTable {
  private struct Entry {
    var localName: UInt = 0
    var namespace: UInt = 0
    var index: Int32 = -1
  }

  private static let entryCount = 256

  private let names: [[UInt8]]
  private let namespace: [UInt8]
  private var entries = [Entry](repeating: Entry(), count: entryCount)

  init(names: [String], namespace: String) {
    self.names = names.map { Array($0.utf8) }
    self.namespace = Array(namespace.utf8)
  }

  /// The index of an element's name, or -1.
  ///
  /// - Parameter isUnbound: It has a prefix that nobody declared.
  @inline(__always)
  mutating func element(
    _ localName: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?, isUnbound: Bool
  ) -> Int32 {
    let localAddress = UInt(bitPattern: localName)
    let uriAddress = UInt(bitPattern: uri)
    let slot = Int((localAddress >> 3 ^ localAddress >> 11 ^ uriAddress >> 5) & 255)
    let entry = entries[slot]
    if entry.localName == localAddress, entry.namespace == uriAddress, !isUnbound {
      return entry.index
    }
    let isOurs = unsafe XMLNameTable.equal(uri, namespace) && !isUnbound
    let index = isOurs ? unsafe attribute(localName) : -1
    if !isUnbound {
      entries[slot] = Entry(localName: localAddress, namespace: uriAddress, index: index)
    }
    return index
  }

  /// The index of the name of an attribute without namespace, or -1.
  func attribute(_ localName: UnsafePointer<UInt8>?) -> Int32 {
    names.firstIndex { unsafe XMLNameTable.equal(localName, $0) }.map(Int32.init) ?? -1
  }

  /// Whether an attribute says where a schema of the document is, which any element may have.
  func isSchemaHint(
    _ localName: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?
  ) -> Bool {
    guard unsafe uri != nil, unsafe XMLNameTable.equal(uri, XMLNameTable.schemaInstance) else {
      return false
    }
    return XMLNameTable.hints.contains { unsafe XMLNameTable.equal(localName, $0) }
  }

  private static let schemaInstance = Array("http://www.w3.org/2001/XMLSchema-instance".utf8)
  private static let hints = ["schemaLocation", "noNamespaceSchemaLocation"].map { Array($0.utf8) }

  private static func equal(_ text: UnsafePointer<UInt8>?, _ bytes: [UInt8]) -> Bool {
    guard let text = unsafe text else { return bytes.isEmpty }
    let count = unsafe Int(xmlStrlen(text))
    return unsafe count == bytes.count
      && UnsafeBufferPointer(start: text, count: count).elementsEqual(bytes)
  }
}
