// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QStringList>
#include <QWidget>

namespace queuedeck::ui {

class SidebarModel;

/// A page of the main window, or a page that fills its whole body (first run, connect). The window
/// knows nothing else about it; the page knows nothing about the window.
class Page : public QWidget
{
    Q_OBJECT
public:
    /// `key` is stable ("jobs"), `title` is translated ("Jobs").
    Page(const QString& key, const QString& title, Icon icon, QWidget* parent = nullptr);

    const QString& key() const { return m_key; }
    const QString& title() const { return m_title; }
    Icon pageIcon() const { return m_icon; }

    /// What is shown below the pages in the sidebar while this page is shown; owned by the page.
    virtual SidebarModel* sidebar() { return nullptr; }
    /// The places F6 goes through, in order, each a widget that takes the focus.
    virtual QList<QWidget*> regions() { return {this}; }
    /// Takes over the focus when the focused control is disabled; null: Qt's choice stands.
    virtual QWidget* mainWidget() { return nullptr; }
    /// Called when the page comes to the front or goes behind: a hidden page sends no queries.
    virtual void setShown(bool) {}

    /// The count beside its name in the sidebar, and the texts at the left of the status bar, of
    /// which the leading number of the first is set in bold.
    const QString& count() const { return m_count; }
    const QStringList& statusTexts() const { return m_statusTexts; }

Q_SIGNALS:
    void countChanged();
    void statusTextsChanged();

protected:
    void setCount(const QString& count);
    void setStatusTexts(const QStringList& texts);

private:
    QString m_key;
    QString m_title;
    Icon m_icon;
    QString m_count;
    QStringList m_statusTexts;
};

} // namespace queuedeck::ui
