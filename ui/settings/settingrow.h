// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/settingitem.h"
#include "ui/widgets/label.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QSpinBox;

namespace queuedeck::ui {

/// A text whose words that were searched for are marked.
class MarkedLabel : public Label
{
    Q_OBJECT

public:
    using Label::Label;
    void mark(const QString& search);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_search;
};

/// A setting: what it is, its control, and Reset where it was changed.
class SettingRow : public QWidget
{
    Q_OBJECT

public:
    explicit SettingRow(const SettingItem& item, QWidget* parent = nullptr);

    const SettingItem& item() const { return m_item; }
    void mark(const QString& search);
    /// Whether a line parts it from the row below.
    void setLine(bool hasLine);
    /// Shows what is set now.
    void refresh();
    void reset();

Q_SIGNALS:
    void changed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void write(const QVariant& value);

    const SettingItem m_item;
    MarkedLabel* m_title;
    MarkedLabel* m_note;
    QPushButton* m_reset;
    QComboBox* m_choices = nullptr;
    QSpinBox* m_number = nullptr;
    bool m_hasLine = false;
};

} // namespace queuedeck::ui
