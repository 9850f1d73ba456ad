// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sentence.h"

#include <QCoreApplication>
#include <QLocale>

namespace queuedeck::base {

namespace {

constexpr const char kJoined[] = "%1%2"; // has no translation: its parts have theirs

struct Placeholder
{
    int number = 0; ///< 0: there is none here
    bool isLocal = false;
    qsizetype size = 0;
};

Placeholder placeholderAt(QStringView text, qsizetype at)
{
    Placeholder found;
    qsizetype next = at + 1;
    if (next < text.size() && text[next] == u'L') {
        found.isLocal = true;
        ++next;
    }
    for (int digits = 0;
         digits < 2 && next < text.size() && text[next] >= u'0' && text[next] <= u'9'; ++digits)
        found.number = found.number * 10 + text[next++].unicode() - u'0';
    found.size = next - at;
    return found;
}

/// `pattern` with its placeholders filled, in one pass: a value that looks like one stays as it is.
QString withValues(const QString& pattern, const QStringList& values, const QLocale& locale)
{
    QString text;
    for (qsizetype at = 0; at < pattern.size();) {
        const Placeholder found = pattern[at] == u'%' ? placeholderAt(pattern, at) : Placeholder();
        if (found.number < 1 || found.number > values.size()) {
            text += pattern[at++];
            continue;
        }
        const QString& value = values[found.number - 1];
        bool isNumber = false;
        const qlonglong number = found.isLocal ? value.toLongLong(&isNumber) : 0;
        text += isNumber ? locale.toString(number) : value;
        at += found.size;
    }
    return text;
}

// lupdate takes the context as it is written wherever it loses track of the namespace.
QString translation(const char* source)
{
    if (source == kJoined)
        return QLatin1String(kJoined);
    for (const char* context : {"queuedeck::base::Sentence", "base::Sentence", "Sentence"}) {
        const QString text = QCoreApplication::translate(context, source);
        if (text != QString::fromUtf8(source))
            return text;
    }
    return QString::fromUtf8(source);
}

} // namespace

Sentence Sentence::tr(const char* source)
{
    Sentence sentence(QString::fromUtf8(source));
    sentence.m_source = source;
    return sentence;
}

Sentence Sentence::filled(QList<Sentence> values) const
{
    const QString pattern = m_source ? QString::fromUtf8(m_source) : QString(*this);
    Sentence sentence;
    sentence.m_source = m_source;
    sentence.m_values = m_values + values;
    sentence.QString::operator=(withValues(pattern, english(sentence.m_values), QLocale::English));
    if (!m_source)
        sentence.m_values.clear();
    return sentence;
}

QString Sentence::translated() const
{
    if (!m_source)
        return *this;
    return withValues(translation(m_source), base::translated(m_values), QLocale());
}

Sentence operator+(const Sentence& first, const Sentence& second)
{
    Sentence both(static_cast<const QString&>(first) + static_cast<const QString&>(second));
    both.m_source = kJoined;
    both.m_values = {first, second};
    return both;
}

Sentence operator+(const Sentence& first, const QString& second)
{
    return first + Sentence(second);
}

Sentence operator+(const Sentence& first, QChar second)
{
    return first + Sentence(QString(second));
}

Sentence operator+(const QString& first, const Sentence& second)
{
    return Sentence(first) + second;
}

QStringList english(const Sentences& sentences)
{
    return {sentences.begin(), sentences.end()};
}

QStringList translated(const Sentences& sentences)
{
    QStringList texts;
    for (const Sentence& sentence : sentences)
        texts += sentence.translated();
    return texts;
}

} // namespace queuedeck::base
