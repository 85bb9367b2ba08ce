"""Validation: rules, findings, and where a finding is in the file."""

from tasrih.validation.finding import Finding, Report
from tasrih.validation.registry import RULES, Rule
from tasrih.validation.validating import validate

__all__ = ["RULES", "Finding", "Report", "Rule", "validate"]
