// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/bulk_import/importlines.h"

#include <map>

namespace queuedeck::handlers {

/// A line of a file as a person is shown it, with what would become of it.
struct PreviewLine
{
    qint64 line = 0;
    domain::ImportVerdict::Kind kind = domain::ImportVerdict::Kind::Created;
    QStringList values;          ///< of the fields that have a column; as written if it is wrong
    QMap<int, QString> faults;   ///< why a value is wrong, by its place in `values`
    QMap<int, QString> warnings; ///< likewise
    QString reason;              ///< of a rejection that is due to no single value
};

/// The first lines of a file, the first with problems and the first with warnings. Holds a few
/// hundred, however long the file is.
class ImportPreview
{
public:
    static constexpr size_t kMost = 300; ///< of each

    ImportPreview() = default;
    ImportPreview(domain::ImportTarget target, QStringList fields, const ValueStyle& style);

    /// Lines may come in any order.
    void add(const ImportLines& lines, const tabular::Record& record,
             const domain::ImportVerdict& verdict, const QString& warning);

    QVector<PreviewLine> all() const { return listed(m_all); }
    QVector<PreviewLine> problems() const { return listed(m_problems); }
    QVector<PreviewLine> warnings() const { return listed(m_warnings); }
    const QStringList& fields() const { return m_fields; }

private:
    using List = std::map<qint64, PreviewLine>;

    static QVector<PreviewLine> listed(const List& list);
    static bool hasRoom(const List& list, qint64 line);
    static void put(List& list, const PreviewLine& line);
    PreviewLine shown(const ImportLines& lines, const tabular::Record& record,
                      const domain::ImportVerdict& verdict, const QString& warning) const;

    domain::ImportTarget m_target = domain::ImportTarget::Customers;
    QStringList m_fields;
    ValueStyle m_style;
    List m_all;
    List m_problems;
    List m_warnings;
};

} // namespace queuedeck::handlers
