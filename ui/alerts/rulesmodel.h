// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertrule.h"

#include <QAbstractListModel>

#include <functional>

namespace queuedeck::ui {

/// The rules of the Alerts dialog as they are being edited, each with a check box, what it says and
/// how it stands.
class RulesModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { WordsRole = Qt::UserRole + 1, StateRole, IsOnNowRole };

    /// How a rule stands, in a word; the second: its alert is on.
    using State = std::function<std::pair<QString, bool>(const alerts::Rule&)>;

    explicit RulesModel(State state, QObject* parent = nullptr);

    const alerts::Rules& rules() const { return m_rules; }
    void setRules(const alerts::Rules& rules);
    void setRule(int row, const alerts::Rule& rule);
    void insert(int row, const alerts::Rule& rule);
    void remove(int row);
    void refreshStates();
    int onCount() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void toggled();

private:
    State m_state;
    alerts::Rules m_rules;
};

} // namespace queuedeck::ui
