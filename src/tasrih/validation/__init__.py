"""Validation: rules, findings, and where a finding is in the file."""

from tasrih.validation.findings import Finding, Report
from tasrih.validation.registry import RULES, Rule
from tasrih.validation.run import validate

__all__ = ["RULES", "Finding", "Report", "Rule", "validate"]
