// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exports/exporttarget.h"

#include <QFileInfo>

namespace queuedeck::exports {

using base::WholeFile;

base::Result<std::unique_ptr<ExportTarget>> ExportTarget::file(const QString& path, bool mayReplace)
{
    if (const base::Status free = WholeFile::check(path, mayReplace); !free)
        return free.error();
    auto file = WholeFile::begin(path);
    if (!file)
        return file.error();
    auto target = std::make_unique<ExportTarget>();
    target->m_file = std::move(*file);
    target->m_mayReplace = mayReplace;
    return target;
}

std::unique_ptr<ExportTarget> ExportTarget::stream(Sink sink)
{
    auto target = std::make_unique<ExportTarget>();
    target->m_sink = std::move(sink);
    return target;
}

base::Status ExportTarget::add(const QByteArray& bytes)
{
    m_bytes += bytes.size();
    return m_file ? m_file->add(bytes) : m_sink(bytes);
}

QString ExportTarget::temporaryPath() const
{
    return m_file ? m_file->temporaryPath() : QString();
}

base::Status ExportTarget::finish()
{
    if (!m_file)
        return {};
    if (const base::Status done = m_file->finish(WholeFile::Readers::Owner); !done)
        return done.error();
    if (m_bytes == 0)
        m_bytes = QFileInfo(m_file->temporaryPath()).size();
    return m_file->publish(m_mayReplace);
}

} // namespace queuedeck::exports
