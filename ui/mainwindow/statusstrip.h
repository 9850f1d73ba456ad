// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QToolButton;

namespace queuedeck::ui {

class ElidedLabel;
class Label;

/// The bar at the foot: what the page reports; at the right the change that goes on, the journal's
/// last entry and the time zone, which a click switches.
class StatusStrip : public QWidget
{
    Q_OBJECT
public:
    explicit StatusStrip(QWidget* parent = nullptr);

    /// The leading number of the first text is set in bold.
    void setTexts(const QStringList& texts);
    /// The change that goes on while its dialog is closed; empty hides it.
    void setChange(const QString& text);
    void setLastEntry(const QString& text);
    /// What reading by Claude has cost today; empty hides it. `trouble` is shown in its tip.
    void setSpend(const QString& text, const QString& trouble);
    void updateZone();
    void setFrameless(bool frameless); ///< without journal and zone, for a page that fills the body

Q_SIGNALS:
    void zoneClicked();
    void changeClicked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* m_left;
    Label* m_number;
    QVector<Label*> m_texts; ///< those that are not needed now are hidden
    Label* m_spend;
    QPushButton* m_change;
    ElidedLabel* m_entry;
    QToolButton* m_zone;
};

} // namespace queuedeck::ui
