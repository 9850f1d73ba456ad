// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"

#include <QAbstractListModel>

namespace queuedeck::ui {

/// The list of a diagnosis: a head, the findings, another head, and all checks that found nothing.
class FindingsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole + 1, NoteRole, IconRole, ColorRole };
    enum Kind { Head, FindingRow, CheckRow };

    using QAbstractListModel::QAbstractListModel;

    void setDiagnosis(const domain::Diagnosis& diagnosis);
    const domain::Diagnosis& diagnosis() const { return m_diagnosis; }
    /// Null for the other rows.
    const domain::Finding* findingAt(int row) const;
    const domain::CheckOutcome* checkAt(int row) const;
    /// The row of the finding with that id, else of the first finding; -1 if there is none.
    int rowOf(const QString& id) const;
    /// Checks that are listed because they found nothing.
    int otherChecks() const { return int(m_others.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    int firstCheck() const;

    domain::Diagnosis m_diagnosis;
    QVector<domain::CheckOutcome> m_others;
};

} // namespace queuedeck::ui
