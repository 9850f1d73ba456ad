// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/columnmapping.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using domain::ImportField;

namespace {
// Without case, accents, blanks and punctuation.
QString plain(const QString& name)
{
    QString letters;
    for (const QChar c : name.normalized(QString::NormalizationForm_KD).toLower()) {
        if (c == u'ß')
            letters += u"ss"_s;
        else if (c.isLetterOrNumber())
            letters += c;
    }
    return letters;
}

QStringList plainNames(const ImportField& field)
{
    QStringList names{plain(field.name)};
    for (const QString& other : field.alsoCalled)
        names += plain(other);
    return names;
}

// Words of a name, so that "Land" is not found in "Portland".
QStringList words(const QString& name)
{
    QString spaced;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const QChar c = name[i];
        const bool isNewWord = i > 0 && c.isUpper() && name[i - 1].isLower();
        if (!c.isLetterOrNumber() || isNewWord)
            spaced += u' ';
        if (c.isLetterOrNumber())
            spaced += c;
    }
    QStringList list;
    for (const QString& word : spaced.simplified().split(u' ', Qt::SkipEmptyParts))
        list += plain(word);
    return list;
}

bool containsName(const QStringList& inWords, const QString& name)
{
    for (qsizetype from = 0; from < inWords.size(); ++from) {
        QString joined;
        for (qsizetype to = from; to < inWords.size() && joined.size() < name.size(); ++to)
            joined += inWords[to];
        if (joined == name)
            return true;
    }
    return false;
}

/// The length of the longest name of the field that the column's name contains; 0 if none.
qsizetype likeness(const ImportField& field, const QStringList& columnWords)
{
    qsizetype longest = 0;
    for (const QString& name : plainNames(field)) {
        if (name.size() > longest && name.size() >= 3 && containsName(columnWords, name))
            longest = name.size();
    }
    return longest;
}
} // namespace

QVector<ColumnMatch> proposedColumns(domain::ImportTarget target, const QStringList& columns)
{
    const QVector<ImportField>& fields = domain::importFields(target);
    QVector<ColumnMatch> matches;
    for (const QString& column : columns)
        matches += ColumnMatch{column, {}, ColumnMatch::How::None};
    QSet<QString> taken;
    // What a field is called first, then what it is also called: "Name" beats "Customer".
    const auto matchNames = [&](const auto& namesOf) {
        for (const ImportField& field : fields) {
            const QStringList names = namesOf(field);
            for (ColumnMatch& match : matches) {
                if (taken.contains(field.name) || match.how != ColumnMatch::How::None ||
                    !names.contains(plain(match.column)))
                    continue;
                match.field = field.name;
                match.how = ColumnMatch::How::ByName;
                taken.insert(field.name);
            }
        }
    };
    matchNames([](const ImportField& field) { return QStringList{plain(field.name)}; });
    matchNames([](const ImportField& field) { return plainNames(field); });
    for (ColumnMatch& match : matches) {
        if (match.how != ColumnMatch::How::None)
            continue;
        const QStringList columnWords = words(match.column);
        qsizetype best = 0;
        for (const ImportField& field : fields) {
            const qsizetype like = taken.contains(field.name) ? 0 : likeness(field, columnWords);
            if (like > best) {
                best = like;
                match.field = field.name;
                match.how = ColumnMatch::How::Suggested;
            }
        }
        if (best > 0)
            taken.insert(match.field);
    }
    return matches;
}

ColumnMapping mappingFrom(const QVector<ColumnMatch>& matches)
{
    ColumnMapping mapping;
    for (const ColumnMatch& match : matches) {
        if (!match.field.isEmpty())
            mapping.insert(match.field, match.column);
    }
    return mapping;
}

base::Result<QVector<int>> columnsOfFields(domain::ImportTarget target, const QStringList& columns,
                                           const ColumnMapping& chosen)
{
    const QVector<ImportField>& fields = domain::importFields(target);
    ColumnMapping mapping = mappingFrom(proposedColumns(target, columns));
    for (auto choice = chosen.begin(); choice != chosen.end(); ++choice) {
        if (domain::importFieldIndex(target, choice.key()) < 0) {
            QStringList known;
            for (const ImportField& field : fields)
                known += field.name;
            return fail(
                ErrorKind::Invalid,
                Sentence::tr("There is no field \"%1\" of %2. The fields are: %3.")
                    .arg(choice.key(), domain::importTargetText(target), known.join(u", "_s)));
        }
        if (!choice->isEmpty() && !columns.contains(*choice))
            return fail(ErrorKind::Invalid,
                        Sentence::tr("The file has no column \"%1\". Its columns are: %2.")
                            .arg(*choice, columns.join(u", "_s)));
        // A column that was chosen is not used a second time because of its name.
        mapping.removeIf([&](const auto& entry) {
            return !choice->isEmpty() && entry.value() == *choice && !chosen.contains(entry.key());
        });
        mapping[choice.key()] = *choice;
    }
    QVector<int> numbers;
    for (const ImportField& field : fields) {
        const QString column = mapping.value(field.name);
        numbers += column.isEmpty() ? -1 : int(columns.indexOf(column));
        if (field.isNeeded && numbers.back() < 0)
            return fail(
                ErrorKind::Invalid,
                Sentence::tr(
                    "No column of the file is mapped to %1, which %2 need. The columns are: %3.")
                    .arg(field.name, domain::importTargetText(target).replace(u'_', u' '),
                         columns.join(u", "_s)));
    }
    return numbers;
}

} // namespace queuedeck::handlers
