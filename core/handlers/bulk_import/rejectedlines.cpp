// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/rejectedlines.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

namespace {
QString quoted(QString cell, QChar separator)
{
    const bool needsMarks = cell.contains(u'"') || cell.contains(separator) ||
                            cell.contains(u'\n') || cell.startsWith(u' ') || cell.endsWith(u' ');
    return needsMarks ? u'"' + cell.replace(u"\""_s, u"\"\""_s) + u'"' : cell;
}
} // namespace

RejectedLines::RejectedLines(QString path, QStringList columns, QChar separator)
    : m_path(std::move(path))
    , m_columns(std::move(columns))
    , m_separator(separator.isNull() ? QChar(u',') : separator)
{
}

base::Status RejectedLines::write(const QStringList& cells)
{
    QStringList written;
    for (const QString& cell : cells)
        written += quoted(cell, m_separator);
    const QByteArray line = written.join(m_separator).toUtf8() + "\r\n";
    if (m_file->write(line) == line.size())
        return {};
    return base::fail(base::ErrorKind::Unreachable,
                      base::Sentence::tr("The rejected lines could not be written to %1: %2.")
                          .arg(m_path, m_file->errorString()));
}

base::Status RejectedLines::add(const tabular::Record& record, const QString& reason)
{
    if (m_path.isEmpty())
        return {};
    if (!m_file) {
        m_file = std::make_unique<QSaveFile>(m_path);
        if (!m_file->open(QIODevice::WriteOnly))
            return base::fail(base::ErrorKind::Unreachable,
                              base::Sentence::tr("The rejected lines cannot be written to %1: %2.")
                                  .arg(m_path, m_file->errorString()));
        m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        m_file->write("\xEF\xBB\xBF"); // so that Excel reads it as UTF-8
        if (const base::Status done = write(QStringList{u"Line"_s, u"Reason"_s} + m_columns); !done)
            return done;
    }
    return write(QStringList{QString::number(record.line), reason} + record.cells);
}

base::Status RejectedLines::finish()
{
    if (!m_file) {
        if (!m_path.isEmpty())
            QFile::remove(m_path); // of an earlier run of the same job
        return {};
    }
    if (m_file->commit())
        return {};
    return base::fail(base::ErrorKind::Unreachable,
                      base::Sentence::tr("The rejected lines could not be written to %1: %2.")
                          .arg(m_path, m_file->errorString()));
}

} // namespace queuedeck::handlers
