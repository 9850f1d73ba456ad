// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/importservice.h"

#include <QWidget>

class QCheckBox;

namespace queuedeck::ui {

class Label;
class LinesTable;

/// What an import would do, and the choices about it.
class ImportOutcome : public QWidget
{
    Q_OBJECT

public:
    explicit ImportOutcome(QWidget* parent = nullptr);

    void setTarget(domain::ImportTarget target);
    void show(const service::ImportResult& result, const QString& keptAs);
    using QWidget::show;
    /// The trial no longer says what would happen.
    void setStale(const QString& why);
    bool mayUpdate() const;
    bool keepsRejected() const;

Q_SIGNALS:
    void updateChanged();

private:
    domain::ImportTarget m_target = domain::ImportTarget::Customers;
    Label* m_when;
    LinesTable* m_lines;
    QCheckBox* m_update;
    QCheckBox* m_keep;
};

} // namespace queuedeck::ui
