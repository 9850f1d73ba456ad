// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/comparing.h"

#include "core/service/claudereading.h"
#include "core/service/picturefile.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::Sentence;

namespace {
Reading readingOf(const handlers::CardFields& fields)
{
    return fields ? Reading{*fields, {}} : Reading{{}, fields.error().error.detail};
}
} // namespace

Comparing::~Comparing()
{
    m_ending.request_stop();
}

base::Result<Comparison> Comparing::compared(const QByteArray& bytes, domain::ScanType type,
                                             const std::stop_token& stop)
{
    std::stop_source either;
    const auto end = [&either] { either.request_stop(); };
    const std::stop_callback asked(stop, end);
    const std::stop_callback ending(m_ending.get_token(), end);
    if (!m_reader)
        m_reader = std::make_unique<handlers::PictureReader>();
    const handlers::PictureReader::Stops stops{either.get_token(), {}};
    Comparison comparison{type, {}, {}};
    comparison.here = readingOf(readHere(*m_reader, bytes, type, stops));
    const auto claude = ClaudeReading::shared()->client();
    if (!claude)
        comparison.claude.problem = claude.error().detail;
    else if (!*claude)
        comparison.claude.problem = Sentence::tr(
            "There is no key for Claude. Put one into ANTHROPIC_API_KEY, or `queuedeckctl key "
            "store --claude`.");
    else
        comparison.claude = readingOf(readElsewhere(*m_reader, **claude, bytes, type, stops));
    if (either.stop_requested())
        return base::fail(base::ErrorKind::Cancelled,
                          Sentence::tr("Stopped before both had read it."));
    return comparison;
}

QFuture<base::Result<Comparison>> Comparing::file(const QString& path, domain::ScanType type,
                                                  const std::stop_token& stop)
{
    return m_thread.run([=, this]() -> base::Result<Comparison> {
        const auto bytes = readPictureFile(path);
        return bytes ? compared(*bytes, type, stop) : bytes.error();
    });
}

QFuture<base::Result<Comparison>> Comparing::scan(const QString& imageUrl, domain::ScanType type,
                                                  handlers::ImageSource source,
                                                  const std::stop_token& stop)
{
    return m_thread.run([=, this, source = std::move(source)]() -> base::Result<Comparison> {
        const auto bytes = source(imageUrl, stop);
        return bytes ? compared(*bytes, type, stop) : base::Result<Comparison>(bytes.error().error);
    });
}

} // namespace queuedeck::service
