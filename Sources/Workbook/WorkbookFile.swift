package import ByteStreams
import CXLSXWriter
import Glibc

/// A workbook of Excel while it is written: rows go to temporary files as they come, so that memory
/// does not grow with them.
///
/// With ``WorkbookSheet`` and ``WorkbookStyles`` it is all that knows libxlsxwriter. The same content
/// gives the same bytes with the same version of that library and of zlib.
@safe package final class WorkbookFile {
  private let path: String
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private let styles: WorkbookStyles
  private var sheets: [WorkbookSheet] = []
  private var isClosed = false

  /// Begins a file, which is there after ``close()``.
  ///
  /// - Parameters:
  ///   - temporaryDirectory: Where files without names stand meanwhile.
  ///   - created: The date of creation that stands in it, in seconds since 1970.
  /// - Throws: ``FileError``.
  package init(
    path: String, temporaryDirectory: String, title: String, created: Int
  ) throws(FileError) {
    let new = unsafe temporaryDirectory.withCString { directory in
      var options = unsafe lxw_workbook_options()
      unsafe options.constant_memory = 1
      unsafe options.tmpdir = UnsafeMutablePointer(mutating: directory)
      return unsafe workbook_new_opt(path, &options)
    }
    guard let workbook = unsafe new else { throw FileError.writing(path) }
    self.path = path
    unsafe self.workbook = workbook
    styles = unsafe WorkbookStyles(workbook)
    unsafe title.withCString { text in
      var properties = unsafe lxw_doc_properties()
      unsafe properties.title = UnsafeMutablePointer(mutating: text)
      unsafe properties.created = time_t(created)
      _ = unsafe workbook_set_properties(workbook, &properties)
    }
  }

  deinit {
    if !isClosed { unsafe lxw_workbook_free(workbook) }
  }

  /// Adds a sheet behind those that there are.
  ///
  /// - Parameter columns: Of its table; none where it is written freely.
  /// - Throws: ``FileError``.
  package func addSheet(
    _ name: String, columns: [WorkbookColumn] = [], rowsMax: Int = WorkbookSheet.excelRows
  ) throws(FileError) -> WorkbookSheet {
    guard let sheet = unsafe workbook_add_worksheet(workbook, name) else {
      throw FileError.writing(path)
    }
    let added = unsafe WorkbookSheet(name, columns, sheet, styles, rowsMax: rowsMax)
    sheets.append(added)
    return added
  }

  /// Ends the tables and writes the file.
  ///
  /// - Throws: ``FileError``, also where what was written cannot be read again: the library does not
  ///   look whether its temporary files could be written.
  package func close() throws(FileError) {
    var bytes: [Int] = []
    for sheet in sheets {
      guard sheet.finish(), let count = sheet.bytesWritten else { throw FileError.writing(path) }
      bytes.append(count)
    }
    isClosed = true
    // It frees the workbook, whatever comes of it.
    let code = unsafe workbook_close(workbook)
    guard code == LXW_NO_ERROR, WorkbookCheck.isWhole(path, sheets: bytes) else {
      throw FileError.writing(path)
    }
  }
}

extension FileError {
  /// The library says little of why; the system may know.
  fileprivate static func writing(_ path: String) -> FileError {
    FileError(path: path, operation: "write", errno: Glibc.errno == 0 ? EIO : Glibc.errno)
  }
}
