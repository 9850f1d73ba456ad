// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/console.h"

#include "core/base/visibletext.h"
#include "core/domain/safejson.h"

#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;

namespace {
void write(FILE* stream, const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
}
} // namespace

int Failure::exitCode() const
{
    if (code)
        return *code;
    switch (error.kind) {
    case ErrorKind::Invalid: return kWrongInput;
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout: return kUnreachable;
    case ErrorKind::Denied: return kRefused;
    default: return kWorkFailed;
    }
}

QString visible(const QString& text)
{
    return base::visibleText(text);
}

QString shortTime(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s) : u"-"_s;
}

QString table(const QStringList& titles, const QVector<QStringList>& rows)
{
    QVector<qsizetype> widths;
    for (qsizetype column = 0; column < titles.size(); ++column) {
        qsizetype width = titles[column].size();
        for (const QStringList& row : rows)
            width = std::max(width, row[column].size());
        widths += width;
    }
    QStringList lines;
    const auto add = [&](const QStringList& cells) {
        QString line;
        for (qsizetype column = 0; column < cells.size(); ++column)
            line += cells[column].leftJustified(widths[column] + 2);
        while (line.endsWith(u' '))
            line.chop(1);
        lines += line;
    };
    add(titles);
    for (const QStringList& row : rows)
        add(row);
    return lines.join(u'\n');
}

void Console::line(const QString& text)
{
    endProgress();
    write(stdout, base::visibleLines(text).toUtf8() + '\n');
}

void Console::json(const QByteArray& document)
{
    endProgress();
    write(stdout, domain::safeJson(document) + '\n');
}

void Console::json(const QJsonObject& object)
{
    json(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void Console::data(const QByteArray& bytes)
{
    endProgress();
    if (::isatty(STDOUT_FILENO) == 1)
        write(stdout, base::visibleLines(QString::fromUtf8(bytes)).toUtf8());
    else
        write(stdout, bytes);
}

void Console::note(const QString& message)
{
    endProgress();
    write(stderr, base::visibleLines(message).toUtf8() + '\n');
}

void Console::error(const Failure& failure)
{
    const QString detail = m_mask ? m_mask(failure.error.detail) : QString(failure.error.detail);
    note(u"queuedeckctl: "_s + visible(detail) +
         (failure.hint.isEmpty() ? QString() : u'\n' + failure.hint));
    if (!m_json)
        return;
    QJsonObject error{{u"kind"_s, base::kindName(failure.error.kind)}, {u"message"_s, detail}};
    if (failure.position)
        error[u"position"_s] = *failure.position;
    json({{u"error"_s, error}});
}

void Console::progress(const QString& text)
{
    if (!::isatty(STDERR_FILENO))
        return;
    write(stderr, "\r\033[K" + base::visibleText(text).toUtf8());
    m_inProgress = true;
}

void Console::endProgress()
{
    if (m_inProgress)
        write(stderr, "\r\033[K");
    m_inProgress = false;
}

bool Console::flush()
{
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

} // namespace queuedeck::ctl
