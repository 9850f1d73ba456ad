// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <concepts>

namespace queuedeck::base {

/// A sentence for people, as text in English: that is what is logged, stored and printed as JSON.
/// The window shows `translated()` instead. Reentrant, like QString.
///
///     return fail(ErrorKind::NotFound, Sentence::tr("There is no file %1.").arg(path));
class Sentence : public QString
{
public:
    Sentence() = default;

    /// Words that are not ours and have no translation: what a database said, a name.
    Sentence(QString text)
        : QString(std::move(text))
    {
    }

    /// A sentence of ours; lupdate finds it here. `source` must be a literal.
    static Sentence tr(const char* source);

    /// Fills the next placeholders. An argument that is a sentence is translated along with it, and
    /// what an argument contains is never taken for a placeholder.
    template <class... Values>
    Sentence arg(const Values&... values) const
    {
        return filled({argument(values)...});
    }

    /// In the language of the program, like QObject::tr().
    QString translated() const;

    /// Joined sentences are translated one by one.
    Sentence& operator+=(const Sentence& next) { return *this = *this + next; }
    friend Sentence operator+(const Sentence& first, const Sentence& second);
    friend Sentence operator+(const Sentence& first, const QString& second);
    friend Sentence operator+(const Sentence& first, QChar second);
    friend Sentence operator+(const QString& first, const Sentence& second);

private:
    static Sentence argument(const Sentence& value) { return value; }
    static Sentence argument(QStringView value) { return value.toString(); }
    static Sentence argument(QLatin1StringView value) { return QString(value); }
    static Sentence argument(const QString& value) { return value; }
    static Sentence argument(QChar value) { return QString(value); }
    template <std::integral Number>
    requires(!std::same_as<Number, char> && !std::same_as<Number, bool> &&
             !std::same_as<Number, char16_t>) static Sentence argument(Number value)
    {
        return QString::number(value);
    }
    static Sentence argument(double value) { return QString::number(value); }

    Sentence filled(QList<Sentence> values) const;

    const char* m_source = nullptr; ///< null: not ours
    QList<Sentence> m_values = {};
};

using Sentences = QList<Sentence>;

/// As they are logged, stored and printed as JSON.
QStringList english(const Sentences& sentences);
/// As the window shows them.
QStringList translated(const Sentences& sentences);

} // namespace queuedeck::base
