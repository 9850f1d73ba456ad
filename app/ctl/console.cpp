// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/console.h"

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
    QString shown = text;
    for (QChar& c : shown) {
        const char16_t code = c.unicode();
        if (code < 0x20)
            c = QChar(0x2400 + code);
        else if (code == 0x7F)
            c = QChar(0x2421);
        else if ((code >= 0x80 && code < 0xA0) || code == 0x061C || code == 0x200E ||
                 code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
                 (code >= 0x2066 && code <= 0x2069))
            c = QChar(QChar::ReplacementCharacter);
    }
    return shown;
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
    write(stdout, text.toUtf8() + '\n');
}

void Console::json(const QByteArray& document)
{
    endProgress();
    write(stdout, document + '\n');
}

void Console::json(const QJsonObject& object)
{
    json(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void Console::note(const QString& message)
{
    endProgress();
    write(stderr, message.toUtf8() + '\n');
}

void Console::error(const Failure& failure)
{
    note(u"queuedeckctl: "_s + visible(failure.error.detail) +
         (failure.hint.isEmpty() ? QString() : u'\n' + failure.hint));
    if (!m_json)
        return;
    QJsonObject error{{u"kind"_s, base::kindName(failure.error.kind)},
                      {u"message"_s, failure.error.detail}};
    if (failure.position)
        error[u"position"_s] = *failure.position;
    json({{u"error"_s, error}});
}

void Console::progress(const QString& text)
{
    if (!::isatty(STDERR_FILENO))
        return;
    write(stderr, "\r\033[K" + text.toUtf8());
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
